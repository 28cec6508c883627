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

/** These very words, in this scope. @param commands the line itself where it is not plain. */
export function exactGrant(
  commands: readonly (readonly string[])[] | string,
  line: string,
  scope: GrantScope,
): Grant {
  return {
    text: `exactly ${line} in ${scope.cwd}${scopeText(scope)}`,
    key: JSON.stringify(['exactly', commands, scope]),
  };
}

/** Every command that begins with these words; see `prefixRules`. */
export function prefixGrant(prefix: readonly string[], scope: GrantScope): Grant {
  return {
    text: `${prefix.join(' ')}, also with names of files here and harmless options, in ${scope.cwd}${scopeText(scope)}`,
    key: JSON.stringify(['prefix', prefix, scope]),
  };
}

/** Whatever is typed into one running command. @param sessionId its id within the thread. */
export function typingGrant(sessionId: number, command: string): Grant {
  return {
    text: `whatever is typed into session ${sessionId} (${command})`,
    key: JSON.stringify(['typing', sessionId, command]),
  };
}

function scopeText({ confinement, scripts }: GrantScope): string {
  const place = confinement === 'none' ? ', outside a sandbox' : '';
  const names = scripts.map(([path]) => path).join(', ');
  return names === '' ? place : `${place}, while ${names} stays as it is`;
}
