import assert from 'node:assert/strict';
import { patchCall, shellCall, useReviewDesk } from './reviewDesk';

const start = 'if (a) {\n  b();  \n\n}\n';

describe('edits of white space alone', () => {
  const desk = useReviewDesk();

  beforeEach(async () => {
    await desk.write('a.js', start);
    await desk.open('a.js');
  });

  it('are hunks like others: seen, rejected to the byte and told exactly', async () => {
    await desk.turn(patchCall(desk.path('a.js'), ['-  b();  ', '+\tb();']));
    await desk.hunks('a.js', 1);
    const edited = start.replace('  b();  ', '\tb();');
    desk.holds('a.js', { disk: edited });
    await desk.settle('reject', 'a.js', 0);
    await desk.hunks('a.js', 0);
    desk.holds('a.js', { disk: start });
    assert.match(await desk.told(), /\n- {2}b\(\); {2}\n\+\tb\(\);\n/);
    await desk.goBack('undo', 'a.js', edited, start);
  });

  it('are found where a command made them, also an empty line and other line ends', async () => {
    await desk.turn(shellCall(`sed -i '3d; s/^}/} /' ${desk.path('a.js')}`));
    await desk.hunks('a.js', 1);
    await desk.settle('accept', 'a.js');
    await desk.hunks('a.js', 0);
    await desk.turn(shellCall(`sed -i 's/$/\\r/' ${desk.path('a.js')}`));
    await desk.hunks('a.js', 1);
    const crlf = 'if (a) {\r\n  b();  \r\n} \r\n';
    await desk.shows('a.js', crlf);
    desk.holds('a.js', { disk: crlf });
    await desk.settle('reject', 'a.js');
    await desk.hunks('a.js', 0);
    assert.equal(desk.disk('a.js')?.toString(), 'if (a) {\n  b();  \n} \n');
    assert.match(await desk.told(), /Rejected[^]*a\.js/);
  });
});
