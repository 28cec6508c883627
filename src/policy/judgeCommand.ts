import { relativeToRoot, resolvePath } from '../base/paths';
import { plainCommands } from './plainCommands';
import { mayHoldSecrets } from './protectedPaths';
import { fileArguments, isReadOnlyCommand } from './readOnlyCommands';

/** What a command line is taken for. */
export interface CommandJudgement {
  /** True where every part surely only reads, inside the root, and no likely secret. */
  readonly readOnly: boolean;
  /** Why not, each a phrase for people; empty where it is read-only. */
  readonly reasons: readonly string[];
  /** True for what destroys work that may not come back; it asks even where others do not. */
  readonly destructive: boolean;
}

/**
 * Judges a shell line from its text alone. It only saves questions: every doubt ends in "not read-only".
 * @param root absolute folder the thread may read; @param cwd absolute folder the line starts in.
 */
export function judgeCommand(line: string, root: string, cwd: string): CommandJudgement {
  const destructive = destroysWork(line);
  const commands = plainCommands(line);
  if (!commands) {
    return { readOnly: false, reasons: ['may do more than read'], destructive };
  }
  const reasons: string[] = [];
  let folder = cwd;
  for (const command of commands) {
    if (!isReadOnlyCommand(command)) reasons.push(`${command[0]} may do more than read`);
    for (const path of fileArguments(command)) {
      if (relativeToRoot(root, folder, path) === undefined)
        reasons.push(`reads outside the folder: ${path}`);
      else if (mayHoldSecrets(path)) reasons.push(`may read secrets: ${path}`);
    }
    if (command[0] === 'cd') folder = resolvePath(folder, command[1] ?? '.');
  }
  return { readOnly: reasons.length === 0, reasons: [...new Set(reasons)], destructive };
}

/**
 * Forced or recursive deletion, thrown-away git work, overwritten remotes, in any position of the line, also quoted
 * or behind a wrapper. Searched in the text, so that nothing that cannot be parsed slips by.
 */
function destroysWork(line: string): boolean {
  const text = line.replace(/['"\\]/g, '');
  return [
    /\brm\s+(-\S+\s+)*-\S*[rRf]/,
    /\brm\s.*--(force|recursive)\b/,
    /\bfind\b.*\s-(delete|exec(dir)?\s+rm)\b/,
    /\bgit\b.*\b(reset\s+.*--hard|clean\s+.*-\S*[fdx]|push\s+.*(-f\b|--force)|checkout\s+(.*\s)?(--\s|\.)|restore\b|stash\s+(drop|clear)|branch\s+.*-D)/,
    /\b(shred|mkfs\S*|dd)\b\s/,
    /\btruncate\b\s/,
  ].some((pattern) => pattern.test(text));
}
