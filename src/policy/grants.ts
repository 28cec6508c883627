import * as l10n from '@vscode/l10n';
import type { PrefixRule } from './prefixRules';

/** What an approval for the whole thread remembers. */
export interface Grant {
  /** What it would match, for the person to read before they give it. */
  readonly text: string;
  /** What it matches; made by the functions below. */
  readonly key: string;
}

/** Approvals remembered for a thread. They are not stored: a thread that is opened again asks again. */
export class Grants {
  private readonly keys = new Set<string>();

  /** True where one of these grants was given. */
  allows(...grants: readonly (Grant | undefined)[]): boolean {
    return grants.some((grant) => grant !== undefined && this.keys.has(grant.key));
  }

  remember(grant: Grant): void {
    this.keys.add(grant.key);
  }
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
