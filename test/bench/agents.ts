import { resolve } from 'node:path';
import type { Agent } from './measureRun';

const task = 'Count.';

/** Our own headless runner, as it is shipped. */
export const tandem: Agent = {
  name: 'tandem',
  command: ({ baseUrl, home }) => ({
    file: process.execPath,
    args: [
      resolve('dist', 'headless.js'),
      ...['exec', '--json', '--dangerously-bypass-approvals-and-sandbox', task],
    ],
    env: { OPENAI_API_KEY: 'bench', OPENAI_BASE_URL: baseUrl, TANDEM_HOME: home },
  }),
};

/** The released reference agent; `file` is its program. */
export function codex(file: string): Agent {
  return {
    name: 'codex',
    command: ({ baseUrl, home }) => ({
      file,
      args: [
        ...['exec', '--json', '--skip-git-repo-check'],
        '--dangerously-bypass-approvals-and-sandbox',
        ...['-c', 'model="gpt-5.5"', '-c', 'model_provider="bench"'],
        ...['-c', 'model_providers.bench.name="bench"'],
        ...['-c', `model_providers.bench.base_url="${baseUrl}"`],
        ...['-c', 'model_providers.bench.wire_api="responses"'],
        ...['-c', 'model_providers.bench.env_key="OPENAI_API_KEY"'],
        task,
      ],
      env: { OPENAI_API_KEY: 'bench', CODEX_HOME: home },
    }),
  };
}
