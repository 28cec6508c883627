/** Where the model's server is and what opens it. */
export interface Credentials {
  /**
   * The API key, read anew for each request so that a rotated key is used at once; `undefined` where none is known.
   * It goes into the request's header and nowhere else.
   */
  apiKey(): Promise<string | undefined>;
  /** Base URL of the API, such as `https://api.openai.com/v1`. */
  baseUrl(): string;
}
