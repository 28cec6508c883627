import { relativeToRoot, resolvePath } from '../base/paths';
import { noDigest, type Machine } from '../ports/machine';
import type { Access } from './access';
import { movesTo } from './folderMoves';
import { foldersMet } from './foldersMet';
import { runsAnything } from './programKinds';
import { pathsNamed, runsFolders, scriptsOf, type ScriptGround } from './scriptsOf';
import type { SeenWord } from './seenWord';
import { seenCommands, type SeenCommand } from './seenCommands';

/** A script inside the folder that a command runs. */
export interface RunScript {
  /** Relative to the root. */
  readonly path: string;
  readonly digest: string;
}

interface Ground extends ScriptGround {
  readonly machine: Pick<Machine, 'fingerprint' | 'realPath'>;
}

/** Stands for scripts that the words of a line do not tell: it may be anything in the folder. */
const anyScript: RunScript = { path: '.', digest: noDigest };
/** What makes a shell come to a folder more than once, or to another one than it is told. */
const movesOddly = /\b(for|while|until|select|repeat|function)\b|\(\s*\)|CDPATH|OLDPWD|HOME/;

/** The scripts that a command runs, as far as its words tell, each with a digest of what is in it now. */
export function scriptsRun(
  { command, cwd }: Pick<Extract<Access, { kind: 'command' }>, 'command' | 'cwd'>,
  ground: Ground,
): readonly RunScript[] {
  const { root, machine } = ground;
  const seen = seenCommands(command);
  if (!seen) return [anyScript];
  // What comes through a pipe may come from any file that the line names.
  const isFed = seen.some(({ fed, words: [program = ''] }) => fed && runsAnything(program));
  const found = new Map<string, string>();
  const digests = new Map<string, string>();
  // Words of wrappers are seen many times.
  const digestOf = (path: string) => {
    const digest = digests.get(path) ?? machine.fingerprint(path);
    digests.set(path, digest);
    return digest;
  };
  const isFolder = (path: string) =>
    machine.realPath(path) !== null && ['absent', noDigest].includes(digestOf(path));
  const { folders, areAll } = foldersMet(seen, cwd, isFolder);
  const isMovedOddly = movesOddly.test(command) && seen.some(({ words }) => movesTo(words));
  const runs = (part: SeenCommand) => mayRunScripts(part, cwd, ground);
  const areTold = areAll && !isMovedOddly;
  if (seen.some((part) => runs(part) && !(areTold && part.words.every(isKnown)))) {
    found.set(anyScript.path, anyScript.digest);
  }
  for (const folder of folders) {
    for (const part of seen) {
      const fed = isFed ? pathsNamed(part).map((path) => resolvePath(folder, path)) : [];
      for (const path of [...scriptsOf(part, folder, ground), ...fed]) {
        const inside = relativeToRoot(root, root, path);
        if (inside === undefined || found.has(inside)) continue;
        const digest = digestOf(path);
        if (digest === 'absent' || (digest === noDigest && !runsFolders(part))) continue;
        found.set(inside, digest);
      }
    }
  }
  return [...found]
    .map(([path, digest]) => ({ path, digest }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function mayRunScripts(part: SeenCommand, folder: string, ground: Ground): boolean {
  return runsAnything(part.words[0] ?? '') || scriptsOf(part, folder, ground).length > 0;
}

function isKnown(word: SeenWord): boolean {
  return word !== undefined;
}

/** False where what a script holds may change without being noticed. */
export function areComparable(scripts: readonly RunScript[]): boolean {
  return scripts.every(({ digest }) => digest !== noDigest);
}
