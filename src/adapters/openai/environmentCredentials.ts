import type { Credentials } from '../../ports/credentials';

/** Where the API is when nobody says otherwise. */
export const defaultBaseUrl = 'https://api.openai.com/v1';

/** Reads `OPENAI_API_KEY` and `OPENAI_BASE_URL` from an environment, anew for each request. */
export function environmentCredentials(
  environment: Readonly<Record<string, string | undefined>>,
): Credentials {
  return {
    apiKey: async () => environment.OPENAI_API_KEY?.trim() || undefined,
    baseUrl: () => environment.OPENAI_BASE_URL?.trim() || defaultBaseUrl,
  };
}
