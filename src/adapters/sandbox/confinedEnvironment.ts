import { join } from 'node:path';

/** Where a confined command keeps what it writes besides the workspace, as it sees them. */
export interface WritablePlaces {
  readonly temp: string;
  readonly cache: string;
}

/** Names that lead out: to the display, to agents and buses behind sockets, to the editor, to a proxy out of reach. */
const leadsOut =
  /^(DISPLAY|WAYLAND_.*|XAUTHORITY|XDG_RUNTIME_DIR|DBUS_.*|.*_SOCK|.*_SOCKET|SSH_.*|GPG_.*|VSCODE_.*|ELECTRON_.*|DOCKER_HOST|BASH_ENV|ENV|PROMPT_COMMAND|ZDOTDIR)$|^(https?|all|no)_proxy$/i;

/**
 * What a confined command starts with: what every command gets, less what leads out of the sandbox, with temporary
 * files and the caches that tools must write in places of its own. Caches that are only read stay where they are.
 */
export function confinedEnvironment(
  environment: Readonly<Record<string, string>>,
  { temp, cache }: WritablePlaces,
): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => !leadsOut.test(name));
  const home = environment.HOME;
  return {
    ...Object.fromEntries(kept),
    ...{ TMPDIR: temp, TMP: temp, TEMP: temp },
    GOCACHE: join(cache, 'go-build'),
    PIP_CACHE_DIR: join(cache, 'pip'),
    CCACHE_DIR: join(cache, 'ccache'),
    GRADLE_USER_HOME: join(cache, 'gradle'),
    ...(home === undefined ? {} : { GRADLE_RO_DEP_CACHE: join(home, '.gradle', 'caches') }),
    npm_config_logs_dir: join(cache, 'npm-logs'),
    npm_config_update_notifier: 'false',
  };
}
