/** Approvals remembered for a thread: the very command in the very folder, nothing like it. */
export class Grants {
  private readonly keys = new Set<string>();

  allows(command: string, cwd: string): boolean {
    return this.keys.has(keyOf(command, cwd));
  }

  remember(command: string, cwd: string): void {
    this.keys.add(keyOf(command, cwd));
  }
}

function keyOf(command: string, cwd: string): string {
  return JSON.stringify([command, cwd]);
}
