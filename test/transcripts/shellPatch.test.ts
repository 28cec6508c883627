import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

describe('a patch sent through the shell', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  it('is run as the patch tool, in the folder the shell would be in', async () => {
    const patch = '*** Begin Patch\n*** Update File: a.txt\n@@\n-a\n+b\n*** End Patch';
    const cmd = `cd sub && apply_patch <<'EOF'\n${patch}\nEOF`;
    agent = await startTestThreads({ 'sub/a.txt': 'a\n' }, [
      respond(functionCall('exec_command', { cmd }, 'c1')),
      respond(message('Done.')),
    ]);
    await agent.ask('patch it', { sandboxMode: 'workspace-write', approvalPolicy: 'untrusted' });
    assert.match(agent.server.requests[1]!.outputOf('c1')!, /^Exit code: 0[^]*M a\.txt/);
    assert.equal(readFileSync(agent.workspace.at('sub/a.txt'), 'utf8'), 'b\n');
    assert.equal(agent.thread.state.changes.files[0]?.path, 'sub/a.txt');
  });
});
