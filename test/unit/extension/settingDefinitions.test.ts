import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolveSetting, settingDefinitions } from '../../../src/extension/settingDefinitions';

interface SettingSchema {
  readonly default: unknown;
  readonly scope: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { configuration: { properties: Record<string, SettingSchema> }[] };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
};
const properties = Object.fromEntries(
  manifest.contributes.configuration.flatMap((group) => Object.entries(group.properties)),
);

describe('settings', () => {
  it('are the same in the manifest and in the code, with the same defaults', () => {
    const inCode = Object.entries(settingDefinitions).map(([name, definition]) => [
      `tandem.${name}`,
      definition.fallback,
    ]);
    const inManifest = Object.entries(properties).map(([name, schema]) => [name, schema.default]);
    assert.deepEqual(Object.fromEntries(inManifest), Object.fromEntries(inCode));
  });

  it('that decide where data goes or what runs cannot be set by a workspace', () => {
    for (const [name, { personal }] of Object.entries(settingDefinitions)) {
      const { scope } = properties[`tandem.${name}`]!;
      assert.equal(['application', 'machine'].includes(scope), personal, name);
    }
  });

  it('that shape a turn are restricted in a workspace that is not trusted', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const harmless = ['tandem.notifications', 'tandem.preambles'];
    assert.deepEqual(
      Object.keys(properties).sort(),
      [...restrictedConfigurations, ...harmless].sort(),
    );
  });

  it('offer only values that the code takes', () => {
    for (const [name, definition] of Object.entries(settingDefinitions)) {
      for (const value of properties[`tandem.${name}`]!.enum ?? []) {
        assert.equal(definition.parse(value), value, `${name} ${String(value)}`);
      }
    }
  });

  it('take the personal value and say that a workspace value is ignored', () => {
    const { value, problem } = resolveSetting('approvalPolicy', {
      globalValue: 'untrusted',
      workspaceValue: 'never',
    });
    assert.equal(value, 'untrusted');
    assert.match(problem ?? '', /tandem\.approvalPolicy is a personal setting/);
  });

  it('of the other kind let the workspace win', () => {
    const inspection = { globalValue: 'agent', workspaceValue: 'ask' };
    assert.deepEqual(resolveSetting('mode', inspection), { value: 'ask' });
  });

  it('with an invalid value fall back and say what is expected', () => {
    const { value, problem } = resolveSetting('sandboxMode', { globalValue: 'off' });
    assert.equal(value, 'workspace-write');
    assert.match(problem ?? '', /tandem\.sandboxMode must be one of read-only, workspace-write/);
  });

  it('say of a base URL that is no address that no turn starts, for nothing takes its place', () => {
    const { problem } = resolveSetting('baseUrl', { globalValue: 'localhost:11434' });
    assert.equal(
      problem,
      'tandem.baseUrl must be an http or https address; no turn starts until it is one.',
    );
  });

  it('mark a base URL where it is typed if the code would not take it', () => {
    const { pattern } = properties['tandem.baseUrl']!;
    assert.ok(pattern);
    for (const value of ['', 'https://api.example.com/v1', 'http://localhost:11434/v1']) {
      assert.ok(new RegExp(pattern).test(value), value);
    }
    for (const value of ['localhost:11434', 'ftp://example.com', 'http://', 'not a url']) {
      assert.ok(!new RegExp(pattern).test(value), value);
      assert.equal(settingDefinitions.baseUrl.parse(value), undefined, value);
    }
  });

  it('E02 C02 allow no domain where a list is wrong, where there is none, or where a folder brings it', () => {
    const allowed = (inspection: object) =>
      resolveSetting('network.allowedDomains', inspection).value;
    assert.deepEqual(allowed({ globalValue: ['a.com', '*'] }), ['a.com', '*']);
    for (const globalValue of [
      undefined,
      [],
      [''],
      ['a.com', ''],
      ['a.com/x'],
      '*',
      [7],
      { a: 1 },
    ]) {
      assert.deepEqual(allowed({ globalValue }), [], JSON.stringify(globalValue));
    }
    for (const name of ['workspaceValue', 'workspaceFolderValue']) {
      assert.deepEqual(allowed({ [name]: ['*'] }), []);
      assert.deepEqual(allowed({ [name]: ['*'], globalValue: ['a.com'] }), ['a.com']);
    }
  });

  it('take no base URL that is not a web address', () => {
    for (const globalValue of ['ftp://a', 'javascript:alert(1)', 'example.com', 7]) {
      assert.ok(resolveSetting('baseUrl', { globalValue }).problem, String(globalValue));
    }
    assert.equal(resolveSetting('baseUrl', { globalValue: 'http://a/v1' }).value, 'http://a/v1');
  });
});
