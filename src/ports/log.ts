/** Diagnostics for whoever debugs Tandem. Never prompts, file contents, command output, paths or secrets. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}
