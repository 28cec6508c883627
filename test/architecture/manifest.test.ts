import assert from 'node:assert/strict';
import manifest from '../../package.json';
import { textOf, trackedFiles } from './trackedFiles';

/** Of the manifest only what these tests read; its sections grow with the extension. */
interface Manifest {
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly menus?: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly keybindings?: readonly { readonly command: string }[];
    readonly configuration?: { readonly properties?: Readonly<Record<string, unknown>> };
  };
  readonly enabledApiProposals?: unknown;
}

const { contributes = {}, enabledApiProposals }: Manifest = manifest as Manifest;
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
});
