import * as l10n from '@vscode/l10n';
import type { Credentials } from '../../ports/credentials';
import { ModelError } from '../../ports/model';

/** Where a request goes, and what opens it. */
export interface Target {
  /** Empty where the server is asked without one. */
  readonly key: string;
  readonly url: string;
  /** Host and port. */
  readonly host: string;
}

/**
 * Reads where the next request goes. Nothing is sent where the key or the base URL cannot be used.
 * @param keyless whether a server that is not OpenAI's may be asked without a key.
 * @throws ModelError
 */
export async function readTarget(credentials: Credentials, keyless: boolean): Promise<Target> {
  const url = credentials.baseUrl().trim();
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw refuse(
      'invalidRequest',
      l10n.t('The base URL is not an http or https address. Check it.'),
    );
  }
  const key = (await readKey(credentials))?.trim() ?? '';
  if (key === '' && !(keyless && parsed.hostname !== 'api.openai.com')) {
    throw refuse('credentials', l10n.t('No API key is known. Set one to go on.'));
  }
  if (!/^[\x21-\x7e]*$/.test(key)) {
    throw refuse(
      'credentials',
      l10n.t('The API key holds characters that no key has. Set it again.'),
    );
  }
  return { key, url, host: parsed.host };
}

async function readKey(credentials: Credentials): Promise<string | undefined> {
  try {
    return await credentials.apiKey();
  } catch {
    // What a key store throws is not for people, and might hold the key.
    throw refuse('credentials', l10n.t('The stored API key cannot be read. Set it again.'));
  }
}

function refuse(code: 'credentials' | 'invalidRequest', message: string): ModelError {
  return new ModelError(code, message, { retryable: false });
}
