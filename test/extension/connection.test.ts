import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { ConnectionReport } from '../../src/adapters/openai/testConnection';
import { askForKey, type GivenKey } from '../../src/extension/askForKey';
import { checkConnection, showReport } from '../../src/extension/checkConnection';
import { pickModel } from '../../src/extension/pickModel';
import { tandemHost, until } from './tandemHost';

/** An input of VS Code that a test types into. */
function typedInput() {
  const listeners: Record<string, ((value: never) => void)[]> = {};
  const on = (name: string) => (listener: (value: never) => void) => {
    (listeners[name] ??= []).push(listener);
    return new vscode.Disposable(() => undefined);
  };
  const fire = (name: string, value?: unknown) =>
    listeners[name]?.forEach((listener) => listener(value as never));
  const input = {
    ...{ value: '', items: [] as vscode.QuickPickItem[], busy: false, closed: false },
    ...{ validationMessage: undefined as string | undefined, selectedItems: [] as unknown[] },
    onDidChangeValue: on('value'),
    onDidAccept: on('accept'),
    onDidHide: on('hide'),
    onDidTriggerButton: on('button'),
    show: () => undefined,
    dispose: () => (input.closed = true),
  };
  return {
    input,
    type: (value: string) => {
      input.value = value;
      fire('value', value);
    },
    press: (name: 'accept' | 'hide' | 'button') => fire(name),
  };
}

const refused: ConnectionReport = { fault: 'wrongKey', message: 'The host refuses the API key.' };
const works: ConnectionReport = { fault: null, message: 'The host answers.' };

describe('asking for a key', () => {
  function ask(test: Parameters<typeof askForKey>[2]) {
    const typed = typedInput();
    let given: GivenKey | 'left' | undefined;
    const asking = askForKey(typed.input as unknown as vscode.InputBox, 'https://host/v1', test);
    void asking.then((answer) => (given = answer ?? 'left'));
    return { ...typed, asking, given: () => given };
  }

  it('takes a key that works at once', async () => {
    const { type, press, asking, input } = ask(async () => works);
    type(' good ');
    press('accept');
    assert.deepEqual(await asking, { key: 'good', report: works });
    assert.ok(input.closed);
  });

  it('says what is wrong, lets the key be corrected, and keeps it only when told so again', async () => {
    const tried: string[] = [];
    const { type, press, asking, input, given } = ask(async (key) => {
      tried.push(key);
      return refused;
    });
    type('wrong');
    press('accept');
    await until(() => input.validationMessage);
    assert.match(input.validationMessage!, /refuses the API key\. Correct the key, or press Enter/);
    type('other');
    assert.equal(input.validationMessage, undefined);
    press('accept');
    await until(() => input.validationMessage);
    assert.equal(given(), undefined);
    press('accept');
    assert.deepEqual(await asking, { key: 'other', report: refused });
    assert.deepEqual(tried, ['wrong', 'other']);
  });

  it('ends the test when the person leaves or types on', async () => {
    const signals: AbortSignal[] = [];
    const { type, press, asking, input } = ask((_key, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    type('first');
    press('accept');
    assert.ok(input.busy);
    type('second');
    assert.ok(signals[0]?.aborted);
    assert.equal(input.busy, false);
    press('accept');
    press('hide');
    assert.equal(await asking, undefined);
    assert.ok(signals[1]?.aborted);
  });

  it('tries nothing that is no key, and keeps one untested where that is asked for', async () => {
    const { type, press, asking, input } = ask(() => assert.fail('It was tried.'));
    press('accept');
    type('two words');
    assert.match(input.validationMessage ?? '', /no spaces/);
    press('accept');
    press('button');
    type('fine');
    press('button');
    assert.deepEqual(await asking, { key: 'fine' });
  });
});

describe('what a server says of itself', () => {
  const message = '401: [Renew it here](command:workbench.action.quit) a\u202eb $(check)';
  const shown = '401: [Renew it here] (command:workbench.action.quit) a⟨U+202E⟩b $ (check)';

  it('D03 D05 stands in a notification as text', async () => {
    const { showWarningMessage } = vscode.window;
    const told: unknown[] = [];
    const tell = async (text: string) => void told.push(text);
    (vscode.window as { showWarningMessage: unknown }).showWarningMessage = tell;
    try {
      showReport(await tandemHost(), { fault: 'wrongKey', message });
    } finally {
      (vscode.window as { showWarningMessage: unknown }).showWarningMessage = showWarningMessage;
    }
    assert.deepEqual(told, [shown]);
  });

  it('D03 D05 stands below the box of the key as text', async () => {
    const { input, type, press } = typedInput();
    const test = async () => ({ fault: 'wrongKey', message }) as const;
    void askForKey(input as unknown as vscode.InputBox, 'https://host/v1', test);
    type('wrong');
    press('accept');
    await until(() => input.validationMessage);
    assert.ok(input.validationMessage?.startsWith(shown));
    press('hide');
  });
});

describe('the models of a server', () => {
  let server: Server;
  let asked: string[];
  let ids: readonly string[];
  before(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      if (ids.length === 0) response.writeHead(500).end();
      else response.end(JSON.stringify({ data: ids.map((id) => ({ id })) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await (await tandemHost()).credentials.storeKey('test-key');
  });
  beforeEach(async () => {
    asked = [];
    ids = ['zeta', 'gpt-6-sol', 'text-embedding-4', 'alpha'];
    const { port } = server.address() as AddressInfo;
    await update('baseUrl', `http://127.0.0.1:${port}/v1`);
  });
  afterEach(() => update('baseUrl', undefined));
  after(async () => {
    await (await tandemHost()).credentials.clearKey();
    server.close();
    server.closeAllConnections();
  });

  async function update(name: string, value: unknown): Promise<void> {
    const configuration = vscode.workspace.getConfiguration('tandem');
    await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  }

  it('are asked for once, and offered after the ones we know', async () => {
    const { models, settings } = await tandemHost();
    await models.load();
    await models.load();
    assert.equal(asked.length, 1);
    const { input, press } = typedInput();
    const picking = pickModel(input as unknown as vscode.QuickPick<vscode.QuickPickItem>, {
      ...{ models, settings },
    });
    await until(() => input.items.length > 3);
    const labels = input.items.map(({ label }) => label);
    assert.deepEqual(labels, ['gpt-5.5', 'gpt-6-sol', 'alpha', 'zeta']);
    press('hide');
    assert.equal(await picking, undefined);
  });

  it('can be left for an id that is typed', async () => {
    const { models, settings } = await tandemHost();
    const { input, type, press } = typedInput();
    const picking = pickModel(input as unknown as vscode.QuickPick<vscode.QuickPickItem>, {
      ...{ models, settings },
    });
    await until(() => input.items.length > 3);
    type('my-own');
    assert.equal(input.items.at(-1)?.label, 'my-own');
    input.selectedItems = [input.items.at(-1)];
    press('accept');
    assert.equal(await picking, 'my-own');
  });

  it('are those we know where the server does not say', async () => {
    ids = [];
    const { models } = await tandemHost();
    await update('wireApi', 'chat');
    try {
      await models.load();
      assert.deepEqual(models.served, []);
      assert.ok(asked.length > 0);
    } finally {
      await update('wireApi', undefined);
    }
  });

  it('and the connection are tried with the key that is typed, which no report holds', async () => {
    const host = await tandemHost();
    const tried = host.credentials.withKey('sk-typed-secret-key');
    const report = await checkConnection(host, tried, new AbortController().signal);
    assert.match(report?.fault ?? '', /server|wrongPath/);
    assert.ok(!JSON.stringify(report).includes('typed-secret'));
    assert.deepEqual(
      [...new Set(asked.filter((line) => line.startsWith('/v1/responses')))],
      ['/v1/responses Bearer sk-typed-secret-key'],
    );
  });
});
