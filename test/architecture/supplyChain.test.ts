import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import lock from '../../package-lock.json';
import manifest from '../../package.json';
import { textOf, trackedFiles } from './trackedFiles';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}
const locked = Object.entries(lock.packages as Readonly<Record<string, LockedPackage>>).filter(
  ([path]) => path !== '',
);

/** Packages that run a program when they are installed; none of them is needed to run the extension. */
const installScripts = [
  '@vscode/vsce-sign',
  'esbuild',
  'keytar',
  'node',
  'node-pty',
  'tree-sitter-bash',
];

/** Hosts that shipped code names: the API, and what libraries write into their messages and documents. */
const hosts = [
  '127.0.0.1',
  'ae.api.openai.com',
  'api.openai.com',
  'au.api.openai.com',
  'auth.openai.com',
  'docs.expo.dev',
  'eu.api.openai.com',
  'github.com',
  'help.openai.com',
  'in.api.openai.com',
  'jp.api.openai.com',
  'json-schema.org',
  'mtls.api.openai.com',
  'react.dev',
  'redacted.invalid',
  'us.api.openai.com',
  'www.w3.org',
];

describe('what the extension is made of', () => {
  it('D16 is named by exact versions, and locked with the hash of each package', () => {
    const named = Object.entries(manifest.devDependencies);
    assert.deepEqual(
      named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
      [],
    );
    assert.deepEqual(
      Object.keys(manifest).filter((key) => /^(?!dev).*dependencies$/i.test(key)),
      [],
    );
    for (const [name, version] of named) {
      const { packages } = lock as { packages: Readonly<Record<string, LockedPackage>> };
      assert.equal(packages[`node_modules/${name}`]?.version, version, name);
    }
    // Where a package comes from is the registry that npm is set to; its hash is what counts.
    const elsewhere = /^(?!https:\/\/registry\.npmjs\.org\/)/;
    const loose = locked.filter(([, { integrity, resolved }]) => {
      return !integrity?.startsWith('sha512-') || (resolved && elsewhere.test(resolved));
    });
    assert.deepEqual(loose, []);
  });

  it('D16 brings no more packages that run something when they are installed', () => {
    const found = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = found.map(([path]) => path.replace(/^.*node_modules\//, ''));
    assert.deepEqual([...new Set(names)].sort(), installScripts);
  });

  it('D16 runs nothing of ours when it is installed or published', () => {
    const hooks = Object.keys(manifest.scripts).filter((name) =>
      /^(pre|post)?(install|prepare|publish|pack|version|uninstall)(Only)?$|:uninstall$/.test(name),
    );
    assert.deepEqual(hooks, []);
  });

  it('D16 names no host that is not known, so nothing of it is fetched when it runs', () => {
    const shipped = globSync(['dist/*.js', 'dist/webview/*.js']).filter(
      (path) => !path.endsWith('demoModel.js'),
    );
    assert.ok(shipped.length > 4, 'the bundles are not built');
    const named = shipped.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\b(?:https?|wss?):\/\/([a-z0-9][a-z0-9.-]*)/gi)].map(
        ([, host]) => host!.toLowerCase().replace(/\.$/, ''),
      ),
    );
    assert.deepEqual(
      [...new Set(named)].sort().filter((host) => !hosts.includes(host)),
      [],
    );
  });

  it('D16 is checked with all that is known of its packages wherever it is built', () => {
    const workflow = textOf('.github/workflows/ci.yml') ?? '';
    assert.match(workflow, /run: npm run audit\b/);
    assert.match(workflow, /permissions:\n\s+contents: read\n/);
    const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action!);
    assert.deepEqual(
      actions.filter((action) => !action.startsWith('actions/')),
      [],
    );
    assert.deepEqual(trackedFiles(/^(\.github\/.*publish|\.npmrc$)/), []);
  });
});
