import * as l10n from '@vscode/l10n';
import { noDigest } from '../ports/machine';
import type { PrefixRule } from './prefixRules';

/** What an approval for the whole thread remembers. */
export interface Grant {
  /** What it would match, for the person to read before they give it. */
  readonly text: string;
  /** What it matches; made by the functions below. */
  readonly key: string;
  /** What it holds for besides: these files as they were, and no other that the agent edits. Absent where a sandbox bounds them. */
  readonly edited?: EditedFiles;
}

/** Files that the agent edited, each with a digest of its content. */
export type EditedFiles = ReadonlyMap<string, string>;

const noFiles = (): EditedFiles => new Map();

/** Approvals remembered for a thread. They are not stored: a thread that is opened again asks again. */
export class Grants {
  /** What the agent had edited each time that a grant was given. */
  private readonly given = new Map<string, EditedFiles[]>();

  /**
   * True where one of these grants was given, and the agent edited nothing since that the command could run.
   * @param edited what the agent edited as it is now, for what no sandbox bounds; only asked for where it matters.
   */
  allows(grants: readonly Grant[], edited: () => EditedFiles = noFiles): boolean {
    return this.statesOf(grants).some((then) => otherFiles(then, edited()).length === 0);
  }

  /** The files that the agent edited since one of these grants was given last; none where none was. */
  editedSince(grants: readonly Grant[], edited: () => EditedFiles): readonly string[] {
    const then = this.statesOf(grants).at(-1);
    return then ? otherFiles(then, edited()) : [];
  }

  remember({ key, edited = noFiles() }: Grant): void {
    this.given.set(key, [...(this.given.get(key) ?? []), edited]);
  }

  private statesOf(grants: readonly Grant[]): readonly EditedFiles[] {
    return grants.flatMap(({ key }) => this.given.get(key) ?? []);
  }
}

/** The files that are not as they were, and those whose content cannot be compared. */
function otherFiles(then: EditedFiles, now: EditedFiles): readonly string[] {
  return [...now]
    .filter(([path, digest]) => digest === noDigest || then.get(path) !== digest)
    .map(([path]) => path);
}

/** What a grant of a command holds for besides the command itself: what differs in one of these asks again. */
export interface GrantScope {
  /** Absolute folder it runs in. */
  readonly cwd: string;
  /** How it is confined; `none` where it is not. */
  readonly confinement: string;
  /** The scripts it runs, each with a digest of its content. */
  readonly scripts: readonly (readonly [path: string, digest: string])[];
}

/** This very line, in this scope: the same words joined in another way do something else. */
export function exactGrant(line: string, scope: GrantScope): Grant {
  return {
    text: l10n.t('exactly {0} in {1}', line, placeText(scope)),
    key: JSON.stringify(['exactly', line, scope]),
  };
}

/** Every command that a rule covers. */
export function prefixGrant(rule: PrefixRule, scope: GrantScope): Grant {
  return {
    text: ruleText(rule, placeText(scope)),
    key: JSON.stringify(['prefix', rule.prefix, scope]),
  };
}

function ruleText({ prefix, files, options }: PrefixRule, place: string): string {
  const beginning = prefix.join(' ');
  if (files && options) {
    return l10n.t(
      '{0}, also with names of files here and harmless options, in {1}',
      beginning,
      place,
    );
  }
  return files
    ? l10n.t('{0}, also with names of files here, in {1}', beginning, place)
    : options
      ? l10n.t('{0}, also with harmless options, in {1}', beginning, place)
      : l10n.t('exactly {0} in {1}', beginning, place);
}

/** Whatever is typed into one running command. @param sessionId its id within the thread. */
export function typingGrant(sessionId: number, command: string): Grant {
  return {
    text: l10n.t('whatever is typed into session {0} ({1})', sessionId, command),
    key: JSON.stringify(['typing', sessionId, command]),
  };
}

/** The folder, and what else must stay the same. */
function placeText({ cwd, confinement, scripts }: GrantScope): string {
  const place = confinement === 'none' ? l10n.t('{0}, outside a sandbox', cwd) : cwd;
  const names = scripts.map(([path]) => path).join(', ');
  return names === '' ? place : l10n.t('{0}, while {1} stays as it is', place, names);
}
