import assert from 'node:assert/strict';
import { execCommand } from '../../../src/tools/execCommand';

const patch = '*** Begin Patch\n*** Delete File: a\n*** End Patch';
const meant = (cmd: string, more: object = {}) => execCommand.standsFor?.({ cmd, ...more }, '/w');

describe('exec_command', () => {
  for (const command of [
    `apply_patch <<'EOF'\n${patch}\nEOF`,
    `apply_patch <<EOF\n${patch}\nEOF\n`,
    `applypatch <<"PATCH"\n${patch}\nPATCH`,
  ]) {
    it(`takes ${JSON.stringify(command.slice(0, 22))} for the patch tool`, () => {
      assert.deepEqual(meant(command), {
        tool: 'apply_patch',
        argumentsJson: JSON.stringify({ input: patch }),
        cwd: '/w',
      });
    });
  }

  it('follows a cd and the workdir before the patch', () => {
    const command = `cd 'my dir' && apply_patch <<'EOF'\n${patch}\nEOF`;
    assert.equal(meant(command, { workdir: 'sub' })?.cwd, '/w/sub/my dir');
  });

  for (const command of [
    'echo apply_patch',
    `apply_patch <<'EOF'\n${patch}\nEOF\nrm -rf x`,
    `rm x; apply_patch <<'EOF'\n${patch}\nEOF`,
    `cd $(id) && apply_patch <<'EOF'\n${patch}\nEOF`,
    `apply_patch <<'EOF' | sh\n${patch}\nEOF`,
  ]) {
    it(`leaves ${JSON.stringify(command.slice(0, 30))} a command`, () => {
      assert.equal(meant(command), undefined);
    });
  }

  it('judges what runs, where it runs', () => {
    const access = execCommand.access({ cmd: 'ls', workdir: '../x', justification: 'why' }, '/w/a');
    assert.deepEqual(access, {
      kind: 'command',
      command: 'ls',
      cwd: '/w/x',
      justification: 'why',
      unusualShell: false,
      escalated: false,
    });
    assert.equal(
      (execCommand.access({ cmd: 'ls', shell: '/bin/zsh' }, '/') as { unusualShell: boolean })
        .unusualShell,
      true,
    );
  });
});
