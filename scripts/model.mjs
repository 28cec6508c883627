import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './repository.mjs';

/**
 * The model to talk to: the API where there is a key, otherwise the scripted demo model, started here.
 * @returns {Promise<{ description: string, env: Record<string, string> }>}
 */
export async function startModel() {
  if (process.env.OPENAI_API_KEY) {
    const server = process.env.OPENAI_BASE_URL ?? 'the OpenAI API';
    return { description: `${server}, with the key in OPENAI_API_KEY`, env: {} };
  }
  const child = fork(join(root, 'dist', 'demoModel.js'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error('The demo model did not start.');
    }),
  ]);
  return {
    description:
      'the scripted DEMO model, because OPENAI_API_KEY is not set. It only does the suggested tasks.',
    env: { OPENAI_BASE_URL: message.url, OPENAI_API_KEY: 'demo', TANDEM_DEMO: '1' },
  };
}
