import assert from 'node:assert/strict';
import { textOf, trackedFiles } from './trackedFiles';

const code = trackedFiles(/^src\/.*\.ts$/).map((path) => [path, textOf(path) ?? ''] as const);
const holding = (pattern: RegExp) =>
  code.filter(([, text]) => pattern.test(text)).map(([path]) => path);

describe('doors into the machine', () => {
  it('A29 start no program by a bare name, which a folder on PATH could bring', () => {
    const found = code.flatMap(([path, text]) =>
      [
        ...text.matchAll(/\b(?:spawn|exec|execFile|fork)(?:Sync)?\(\s*(['"`])(?!\/)([^'"`]*)\1/g),
      ].map(([, , program]) => `${path}: ${program}`),
    );
    assert.deepEqual(found, []);
  });

  it('A29 start no program through a shell of Node', () => {
    assert.deepEqual(
      holding(
        /\bshell: true\b|\bexecSync\(|\bimport \{[^}]*\bexec\b[^}]*\} from 'node:child_process'/,
      ),
      [],
    );
  });

  it('C11 listen in two places: on a socket that the sandbox reaches, and inside of the sandbox', () => {
    assert.deepEqual(holding(/\bcreateServer\(|new WebSocketServer\b|from 'node:(dgram|http2)'/), [
      'src/adapters/network/forwardProxy.ts',
      'src/adapters/network/loopbackHolder.ts',
    ]);
    const listening = code.flatMap(([path, text]) =>
      [...text.matchAll(/\.listen\(([^,)]*)/g)].map(([, where]) => `${path}: ${where}`),
    );
    assert.deepEqual(listening, [
      'src/adapters/network/commandProxy.ts: await loopback.openPort(',
      'src/adapters/network/loopbackHolder.ts: 0',
    ]);
  });

  it('D03 tell the person something only through what makes no link of it', () => {
    assert.deepEqual(holding(/\bshow(?:Error|Warning|Information)Message\b/), [
      'src/extension/showMessage.ts',
    ]);
    assert.deepEqual(holding(/\bwithProgress\(/), [
      // Over the view, without a word.
      'src/extension/attention/viewProgress.ts',
      'src/extension/whileStoppable.ts',
    ]);
    assert.deepEqual(holding(/\bsetStatusBarMessage\b|\bsupportHtml\b|\bsupportThemeIcons\b/), []);
    assert.deepEqual(holding(/\bisTrusted = |\bisTrusted: true\b/), [
      'src/extension/editors/hunkHovers.ts',
    ]);
  });

  it('D03 put others’ words beside an input box only as what makes no link of them', () => {
    const boxes = code.filter(([, text]) => /\b(?:create|show)InputBox\b/.test(text));
    assert.ok(boxes.length > 2);
    const filled = boxes.flatMap(([path, text]) =>
      [...text.matchAll(/(?<!messageText\(\s*vscode\.)\bl10n\.t\(\s*'[^']*\{0\}.*/g)].map(
        ([found]) => `${path}: ${found}`,
      ),
    );
    assert.deepEqual(filled, []);
  });
});
