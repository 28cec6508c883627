import assert from 'node:assert/strict';
import manifest from '../../package.json';
import texts from '../../package.nls.json';
import { textOf, trackedFiles } from './trackedFiles';

/** Of the manifest only what these tests read; its sections grow with the extension. */
interface Manifest {
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly menus?: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly keybindings?: readonly { readonly command: string }[];
    readonly configuration?: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, SettingSchema>>;
    }[];
    readonly views?: Readonly<
      Record<string, readonly { readonly id: string; readonly when?: string }[]>
    >;
    readonly viewsWelcome?: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when: string;
    }[];
    readonly walkthroughs?: readonly { readonly steps: readonly WalkthroughStep[] }[];
  };
  readonly enabledApiProposals?: unknown;
}

interface SettingSchema {
  readonly order?: number;
  readonly scope?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription?: string;
  readonly tags?: readonly string[];
}

interface WalkthroughStep {
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const { contributes = {}, enabledApiProposals }: Manifest = manifest as unknown as Manifest;
const declared = (contributes.commands ?? []).map(({ command }) => command);
const code = trackedFiles(/^src\/extension\/.*\.ts$/)
  .map(textOf)
  .join('\n');

describe('the manifest', () => {
  it('declares no command that the code does not know', () => {
    const unknown = declared.filter((id) => {
      const name = id.replace(/^tandem\./, '');
      return !new RegExp(`['"\`.](tandem\\.)?${name}\\b`).test(code) && !code.includes(`${name}:`);
    });
    assert.deepEqual(unknown, []);
  });

  it('puts only declared commands into menus and keys', () => {
    const used = [
      ...Object.values(contributes.menus ?? {}).flat(),
      ...(contributes.keybindings ?? []),
    ];
    const strange = used
      .map(({ command }) => command)
      .filter((id): id is string => id?.startsWith('tandem.') ?? false)
      .filter((id) => !declared.includes(id));
    assert.deepEqual(strange, []);
  });

  it('declares every tandem command once', () => {
    assert.ok(declared.length > 0);
    assert.deepEqual(declared, [...new Set(declared)]);
    assert.deepEqual(
      declared.filter((id) => !id.startsWith('tandem.')),
      [],
    );
  });

  it('asks for no proposed API', () => {
    assert.equal(enabledApiProposals, undefined);
  });

  it('says of every setting what it is for, in an order of its own, and what each choice means', () => {
    const settings = (contributes.configuration ?? []).flatMap(({ properties }) =>
      Object.entries(properties),
    );
    assert.ok(settings.length > 15);
    for (const [name, schema] of settings) {
      const description = english(schema.markdownDescription);
      assert.match(description, /^[A-Z].{15,}\.$/s, name);
      assert.match(schema.scope ?? '', /^(application|machine|window)$/, name);
      assert.equal(schema.enumDescriptions?.length, schema.enum?.length, name);
      for (const text of schema.enumDescriptions ?? []) assert.match(english(text), /\.$/, name);
      for (const [, linked = ''] of description.matchAll(/`#([^#]+)#`/g)) {
        assert.ok(
          settings.some(([other]) => other === linked),
          `${name} links ${linked}`,
        );
      }
    }
    const orders = settings.map(([, { order }]) => order);
    assert.deepEqual(
      orders,
      orders.map((_, index) => index + 1),
    );
  });

  it('marks the settings that decide about online services', () => {
    const online = (contributes.configuration ?? [])
      .flatMap(({ properties }) => Object.entries(properties))
      .filter(([, { tags = [] }]) => tags.includes('usesOnlineServices'))
      .map(([name]) => name.replace('tandem.', ''));
    assert.ok(
      online.includes('baseUrl') && online.includes('network.allowedDomains'),
      online.join(),
    );
  });

  it('offers what helps where a list is empty, in a view that can be seen then', () => {
    const views = Object.values(contributes.views ?? {}).flat();
    const helps = (contributes.viewsWelcome ?? []).map(({ view, contents, when }) => {
      const last = when.split(' && ').at(-1)!;
      const shows = views.find(({ id }) => id === view)?.when?.split(' || ') ?? [];
      assert.ok(shows.includes(last), `${view} is shown when ${last}`);
      if (last.startsWith('tandem.')) assert.ok(code.includes(`'${last}'`), last);
      return /\(command:([\w.]+)\)/.exec(english(contents))?.[1];
    });
    assert.deepEqual(helps, ['vscode.openFolder', 'workbench.trust.manage', 'tandem.setApiKey']);
  });

  it('has a walkthrough whose steps show a picture that is there and end by what the code tells', () => {
    const steps = (contributes.walkthroughs ?? []).flatMap((walkthrough) => walkthrough.steps);
    assert.equal(steps.length, 4);
    for (const { description, media, completionEvents } of steps) {
      assert.match(textOf(media.svg) ?? '', /^<svg [^]*var\(--vscode-/);
      assert.ok(english(media.altText));
      for (const [, id = ''] of english(description).matchAll(/\(command:(tandem\.[\w.]+)/g)) {
        assert.ok(declared.includes(id) || id === 'tandem.thread.focus', id);
      }
      for (const event of completionEvents) {
        const [kind, id = ''] = event.split(':');
        if (kind === 'onContext') assert.ok(code.includes(`'${id}'`), id);
        if (kind === 'onCommand') assert.ok(declared.includes(id), id);
      }
    }
  });
});

/** The English of a text that the manifest names. */
function english(key = ''): string {
  return (texts as Readonly<Record<string, string>>)[key.replaceAll('%', '')] ?? '';
}
