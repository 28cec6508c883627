import type { Terminal } from '../../src/ports/terminal';

/** Waits until a command prints this. */
export function firstMatch(terminal: Terminal, pattern: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    terminal.onData((data) => {
      text += data;
      const match = pattern.exec(text);
      if (match) resolve(match[0]);
    });
  });
}
