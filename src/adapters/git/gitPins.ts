import { absoluteSearchPath, findProgram } from '../programs/findProgram';

/** A setting of git and its value. */
export type GitSetting = readonly [key: string, value: string];

/**
 * The settings by which a repository makes git start a program or reach out, each at a value that does neither. They
 * count more than any file of settings. Filters, and drivers for diffs and merges, have names of the repository's own
 * and cannot be listed here: see `RepositoryGit` and the options of its commands.
 */
export const readingPins: readonly GitSetting[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.sshCommand', 'false'],
  ['core.pager', 'cat'],
  ['core.askPass', 'true'],
  ['core.editor', 'true'],
  ['credential.helper', ''],
  ['diff.external', ''],
  ['gpg.program', 'false'],
  ['gpg.ssh.program', 'false'],
  ['gpg.x509.program', 'false'],
  ['log.showSignature', 'false'],
  ['submodule.recurse', 'false'],
  // A folder that only looks like a repository without a work tree is none.
  ['safe.bareRepository', 'explicit'],
  ['protocol.allow', 'never'],
  ['protocol.ext.allow', 'never'],
];

/**
 * What holds for a commit that the person asks for, which else runs what their own `git commit` runs: their hooks,
 * filters and signing program.
 */
export const committingPins: readonly GitSetting[] = [
  ['core.fsmonitor', 'false'],
  ['core.pager', 'cat'],
  ['core.editor', 'true'],
  ['safe.bareRepository', 'explicit'],
  ['protocol.ext.allow', 'never'],
];

/**
 * What holds for the git of the agent's commands: nothing that everyday work needs. Hooks, filters and helpers stay as
 * the person set them up; the sandbox is what confines those. `diff.external` has no value that git takes for none.
 */
export const commandPins: readonly GitSetting[] = [
  ['core.fsmonitor', 'false'],
  ['log.showSignature', 'false'],
  // Git in a submodule obeys the settings of that one.
  ['diff.submodule', 'short'],
  ['status.submoduleSummary', 'false'],
  ['safe.bareRepository', 'explicit'],
  ['protocol.ext.allow', 'never'],
];

/** As options that stand before a command; every version of git knows them. */
export function pinOptions(pins: readonly GitSetting[]): string[] {
  return pins.flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

/** As variables, which reach the gits that a program starts too; from git 2.31 on. */
export function pinVariables(pins: readonly GitSetting[]): Record<string, string> {
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(pins.length) };
  for (const [index, [key, value]] of pins.entries()) {
    variables[`GIT_CONFIG_KEY_${index}`] = key;
    variables[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return variables;
}

/** No transport at all: more than `protocol.allow`, which a repository can lift for one it names. */
export const offline = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' } as const;

/**
 * The git of the machine for work in a folder (absolute): never one that the folder brings. Where there is none it is
 * a bare name, which nothing on `gitSearchPath` answers to.
 */
export function findGit(environment: NodeJS.ProcessEnv, folder: string): string {
  return findProgram('git', environment['PATH'], folder) ?? 'git';
}

/** The search path of a git that runs nothing of the folder (absolute) it works in. */
export function gitSearchPath(
  environment: NodeJS.ProcessEnv,
  folder: string,
): { readonly PATH?: string } {
  const path = environment['PATH'];
  return path === undefined ? {} : { PATH: absoluteSearchPath(path, folder) };
}
