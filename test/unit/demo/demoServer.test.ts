import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { startDemoServer } from '../../../demo/server';
import compactionPrompt from '../../../src/agent/compactionPrompt.md';
import { copySampleWorkspace } from '../../support/host/sampleWorkspace';

type Item = OpenAI.Responses.ResponseInputItem;
type Output = OpenAI.Responses.ResponseOutputItem;

const tools: OpenAI.Responses.Tool[] = [{ type: 'custom', name: 'apply_patch' }];

describe('the demo model', () => {
  let server: Server;
  let client: OpenAI;
  let scratch: string;
  let workspace: string;

  before(async () => {
    const started = await startDemoServer({ paceMs: 0 });
    server = started.server;
    client = new OpenAI({ apiKey: 'demo', baseURL: started.url, maxRetries: 0 });
  });

  after(() => server.close());

  beforeEach(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'tandem-demo-'));
    workspace = await copySampleWorkspace(process.cwd(), scratch);
  });

  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  /** Runs a task as a client would and returns the final message and what was called. */
  async function work(
    task: string,
    decide: (command: string) => string | undefined = () => undefined,
  ): Promise<{ final: string; commands: string[]; said: string[] }> {
    const input: Item[] = [
      { role: 'user', content: '<environment_context>cwd: /x</environment_context>' },
      { role: 'user', content: [{ type: 'input_text', text: task }] },
    ];
    const commands: string[] = [];
    const said: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      const output = await respond(input);
      input.push(...(output as Item[]));
      const calls = output.filter(
        (item) => item.type === 'function_call' || item.type === 'custom_tool_call',
      );
      const text = messageText(output);
      if (calls.length === 0) return { final: text, commands, said };
      if (text) said.push(text);
      for (const call of calls) {
        if (call.type === 'custom_tool_call') {
          const result = decide('apply_patch') ?? applySimplePatch(workspace, call.input);
          input.push({ type: 'custom_tool_call_output', call_id: call.call_id, output: result });
          continue;
        }
        const { cmd } = JSON.parse(call.arguments) as { cmd?: string };
        if (cmd) commands.push(cmd);
        const result = cmd ? (decide(cmd) ?? execute(cmd)) : 'Plan updated';
        input.push({ type: 'function_call_output', call_id: call.call_id, output: result });
      }
    }
    throw new Error('The model never came to an end.');
  }

  async function respond(input: Item[]): Promise<Output[]> {
    const stream = client.responses.stream({ model: 'demo', input, tools, store: false });
    return (await stream.finalResponse()).output;
  }

  function execute(command: string): string {
    try {
      const output = execFileSync('bash', ['-c', `${command} 2>&1`], { cwd: workspace });
      return `Process exited with code 0\nOutput:\n${output.toString()}`;
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: Buffer };
      return `Process exited with code ${status}\nOutput:\n${stdout.toString()}`;
    }
  }

  const fixes = [
    'slug() only replaces the first space; fix it',
    'Run the tests and fix what fails in test.js',
  ];
  for (const task of fixes) {
    it(`really fixes the bug when asked "${task}"`, async () => {
      const { final, commands, said } = await work(task);
      assert.match(final, /`src\/slug\.js:1`/);
      assert.match(final, /failed before and passes now/);
      assert.equal(commands.filter((command) => command === 'node test.js').length, 2);
      assert.equal(said.length, 3);
      assert.match(execute('node test.js'), /3 passed, 0 failed/);
      assert.match(execute('cat notes.md'), /replaces every space/);
    });
  }

  it('finishes the TODO and checks the result', async () => {
    const { final } = await work('Finish the TODO in src/cart.js:8');
    assert.match(final, /1350/);
    assert.match(execute('node test.js; grep -c TODO src/cart.js'), /^0$/m);
  });

  it('cites the line on which the total now stands', async () => {
    const { final } = await work('Finish the TODO in src/cart.js:8');
    const line = Number(/src\/cart\.js:(\d+)/.exec(final)?.[1]);
    assert.match(execute(`sed -n ${line}p src/cart.js`), /priceCents \* quantity/);
  });

  it('explains the project from what it read', async () => {
    const { final, commands } = await work('Explain how this project is built');
    assert.deepEqual(commands, ['ls', 'cat package.json', 'cat README.md']);
    assert.match(final, /node test\.js/);
  });

  it('says that a check was denied instead of claiming it', async () => {
    const { final } = await work(fixes[0] ?? '', (command) =>
      command === 'node test.js' ? 'The person denied this command.' : undefined,
    );
    assert.match(final, /Not verified/);
    assert.match(final, /The person denied this command/);
  });

  it('says so when its patch was refused', async () => {
    const { final } = await work(fixes[0] ?? '', (tool) =>
      tool === 'apply_patch' ? 'apply_patch verification failed: no such lines' : undefined,
    );
    assert.match(final, /could not change `src\/slug\.js`.*verification failed/);
  });

  it('does not fix twice', async () => {
    await work(fixes[0] ?? '');
    assert.match((await work(fixes[0] ?? '')).final, /pass as they are/);
  });

  it('answers anything else with one sentence that says what it is', async () => {
    const { final } = await work('Write me a poem');
    assert.match(final, /^This is the scripted demo model.*Set API Key.*\.$/s);
  });

  it('calls apply_patch as a function where it was declared as one', async () => {
    const asked: Item[] = [{ role: 'user', content: fixes[0] ?? '' }];
    const done = (id: string): Item[] => [
      { type: 'function_call', call_id: id, name: 'exec_command', arguments: '{}' },
      { type: 'function_call_output', call_id: id, output: 'Process exited with code 1' },
    ];
    const input = [...asked, ...['a', 'b', 'c', 'd'].flatMap(done)];
    const stream = client.responses.stream({ model: 'demo', input, store: false });
    const { output } = await stream.finalResponse();
    const call = output.find(
      (item) => item.type === 'function_call' && item.name === 'apply_patch',
    );
    assert.match(JSON.stringify(call), /\\"input\\":\\"\*\*\* Begin Patch/);
  });

  it('summarises when it is asked with the words the agent uses', async () => {
    const { final } = await work(compactionPrompt);
    assert.match(final, /^## Task/);
  });

  it('refuses what is no request', async () => {
    const response = await fetch(`${client.baseURL}/responses`, { method: 'POST', body: 'hello' });
    assert.equal(response.status, 400);
    assert.match(JSON.stringify(await response.json()), /no JSON/);
  });
});

function messageText(output: readonly Output[]): string {
  return output
    .flatMap((item) => (item.type === 'message' ? item.content : []))
    .map((part) => (part.type === 'output_text' ? part.text : ''))
    .join('');
}

/** Enough of the patch format for the demo's own patches: one file, one block of lines replaced. */
function applySimplePatch(folder: string, text: string): string {
  const lines = text.split('\n');
  const marked = (mark: string): string =>
    lines
      .filter((line) => line.startsWith(mark))
      .map((line) => line.slice(1))
      .join('\n');
  const file = join(folder, /^\*\*\* Update File: (.+)$/m.exec(text)?.[1] ?? '');
  const content = readFileSync(file, 'utf8');
  if (!content.includes(marked('-'))) return 'apply_patch verification failed: no such lines';
  writeFileSync(file, content.replace(marked('-'), marked('+')));
  return 'Exit code: 0\nOutput:\nSuccess.';
}
