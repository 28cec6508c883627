import * as l10n from '@vscode/l10n';
import type { Machine } from '../ports/machine';
import type { ShellParser } from '../ports/shellParser';
import { readsCommitted } from './committedReads';
import { destructionOf, type Destruction } from './destructiveCommands';
import { hiddenReads, type HiddenNames } from './hiddenReads';
import { plainCommands, type PlainCommand, type PlainLine } from './plainCommands';
import { foldersOf, pathsTo, type PlacedCommand } from './placedCommands';
import type { Reading } from './reading';
import { readingOf } from './readOnlyCommands';
import { doubtsAboutFile, doubtsAboutFolder, isInside, realRootOf } from './realPlaces';

/** What a command line is taken for. */
export interface CommandJudgement extends Destruction {
  /** True where every part surely only reads, inside the root, and no likely secret. */
  readonly readOnly: boolean;
  /** Why not, each a phrase for people; empty where it is read-only. */
  readonly reasons: readonly string[];
  /** True where git would show what is hidden as it was committed, which no mask of files keeps it from. */
  readonly readsHidden?: boolean;
  /** Its commands where both parsers read it alike as plain ones, each with whether it only reads. */
  readonly commands?: readonly JudgedCommand[];
}

export interface JudgedCommand {
  readonly words: readonly string[];
  readonly readOnly: boolean;
}

/** What a command line is judged by. */
export interface CommandGround {
  /** Absolute folder the thread may read. */
  readonly root: string;
  /** A second opinion on how the shell reads the line. */
  readonly shellParser: ShellParser;
  readonly machine: Machine;
  /** Files that the agent must not see; none where absent. */
  readonly hidden?: HiddenNames;
  /** True where the operating system confines what runs. */
  readonly confined: boolean;
}

/** The same with where the root really lies, which is looked up once for a line. */
interface RealGround extends CommandGround {
  readonly realRoot: string;
}

/** Each is looked up, in each folder it may be in. */
const maxFiles = 200;

/**
 * Judges a shell line before it runs. It only saves questions, for the sandbox is the boundary: a line is read-only
 * where nothing is left to doubt, in the order of cost. Destruction is looked for in any line, understood or not.
 * @param cwd absolute folder the line starts in.
 */
export function judgeCommand(line: string, cwd: string, ground: CommandGround): CommandJudgement {
  const destruction = destructionOf(line, ground.root, cwd, ground.machine);
  const understood = agreed(line, ground);
  if (understood.kind === 'opaque') {
    return { ...destruction, readOnly: false, reasons: [understood.reason] };
  }
  const placed = foldersOf(understood.commands, cwd);
  if (!placed) {
    // Then nobody can tell what git would show.
    const readsHidden =
      ground.hidden !== undefined && understood.commands.some(({ words }) => words[0] === 'git');
    const reasons = [l10n.t('changes its folder too often')];
    return { ...destruction, readOnly: false, reasons, readsHidden };
  }
  const realGround = { ...ground, realRoot: realRootOf(ground.root, ground.machine) };
  const doubts = placed.map((command) => doubtsAbout(command, realGround));
  const reasons = [...new Set(doubts.flat())];
  const committed = placed.map((command) => readsCommitted(command, ground));
  const readsHidden = committed.includes(true);
  return {
    ...destruction,
    readOnly: reasons.length === 0 && !readsHidden,
    reasons,
    readsHidden,
    commands: understood.commands.map(({ words }, index) => ({
      words,
      readOnly: doubts[index]!.length === 0 && !committed[index],
    })),
  };
}

/** The commands of a line that both parsers read alike. */
function agreed(line: string, { machine, shellParser }: CommandGround): PlainLine {
  if (machine.unreadable !== undefined) return { kind: 'opaque', reason: machine.unreadable };
  const own = plainCommands(line);
  if (own.kind === 'opaque') return own;
  if (shellParser.unavailable !== undefined) {
    const reason = l10n.t('cannot be checked by a second parser: {0}', shellParser.unavailable);
    return { kind: 'opaque', reason };
  }
  // why: each parser has known gaps, other ones; what both read alike is what the shell reads.
  const other = shellParser.parse(line);
  const same = other !== undefined && isSame(own.commands, other);
  return same ? own : { kind: 'opaque', reason: l10n.t('can be read in two ways') };
}

function isSame(own: readonly PlainCommand[], other: readonly (readonly string[])[]): boolean {
  return (
    own.length === other.length &&
    own.every(({ words }, index) => {
      const theirs = other[index]!;
      return words.length === theirs.length && words.every((word, at) => word === theirs[at]);
    })
  );
}

/** Why a command may do more than read what it may read. */
function doubtsAbout(command: PlacedCommand, ground: RealGround): readonly string[] {
  const { words } = command;
  const [program = ''] = words;
  const reading = readingOf(words);
  if (!reading) return [l10n.t('{0} may do more than read', programText(program, words))];
  const doubts = reading.builtin ? [] : doubtsAboutProgram(program, ground);
  const { from } = reading;
  const folders =
    from === undefined ? command.folders : command.folders.flatMap((at) => pathsTo(at, from));
  if (from !== undefined) {
    for (const folder of command.folders) doubts.push(...doubtsAboutFile(from, folder, ground));
  }
  if (program === 'git') {
    for (const folder of folders) doubts.push(...doubtsAboutRepository(folder, ground));
  }
  if (!reading.builtin) {
    for (const folder of folders) doubts.push(...doubtsAboutFolder(folder, ground));
  }
  if (reading.files.length * folders.length > maxFiles) {
    return [l10n.t('names too many files to look at')];
  }
  for (const file of reading.files) {
    for (const folder of folders) {
      doubts.push(...doubtsAboutFile(file, folder, ground));
      if (reading.followsLinks) doubts.push(...doubtsAboutPlace(file, folder, ground));
    }
  }
  if (!ground.confined && ground.hidden && !reading.builtin) {
    doubts.push(...hiddenReads(words, reading, placesOf(reading, folders), ground.hidden));
  }
  return doubts;
}

/** Absolute paths of what a command names, and of the folders it runs in where it names nothing. */
function placesOf({ files, inFolder }: Reading, folders: readonly string[]): readonly string[] {
  return [
    ...(inFolder ? folders : []),
    ...folders.flatMap((folder) => files.flatMap((file) => pathsTo(folder, file))),
  ];
}

/** `git push`, `npm test`: what tells people which command of a line is meant. */
function programText(program: string, [, first]: readonly string[]): string {
  const known = ['git', 'npm', 'pnpm', 'yarn', 'cargo', 'go'].includes(program);
  return known && first !== undefined && /^[\w-]+$/.test(first) ? `${program} ${first}` : program;
}

function doubtsAboutProgram(name: string, { machine, root, realRoot }: RealGround): string[] {
  const found = machine.findProgram(name);
  if (!found) return [l10n.t('{0} is not on the search path', name)];
  const planted = [found.path, found.realPath].some(
    (path) => isInside(root, path) || isInside(realRoot, path),
  );
  return planted
    ? [l10n.t('{0} would start {1}, which is inside the folder', name, found.realPath)]
    : [];
}

/** A folder may hold links out of the root. */
function doubtsAboutPlace(file: string, folder: string, { machine }: RealGround): string[] {
  return pathsTo(folder, file).every((path) => machine.isFile(path))
    ? []
    : [l10n.t('{0} is no plain file', file)];
}

/** A sandbox keeps what git starts from harm, though not what it shows from being read. */
function doubtsAboutRepository(folder: string, ground: RealGround): string[] {
  const { machine, confined, realRoot } = ground;
  const programs = confined ? undefined : machine.repositoryPrograms(folder);
  return [...optional(programs), ...optional(machine.foreignRepository(folder, realRoot))];
}

function optional(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}
