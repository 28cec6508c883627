import { delimiter } from 'node:path';
import { absoluteSearchPath } from '../programs/findProgram';

/** Names and values a process starts with. */
export type Environment = Readonly<Record<string, string>>;

/** Variables that commands need; a trailing `*` stands for any ending. Everything else stays outside. */
const allowed = [
  ...['PATH', 'HOME', 'LANG', 'LANGUAGE', 'LC_*', 'TZ', 'TERM', 'TMPDIR', 'TMP', 'TEMP'],
  ...['SHELL', 'USER', 'LOGNAME', 'DISPLAY', 'WAYLAND_DISPLAY'],
  ...['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR'],
  ...['XDG_CONFIG_DIRS', 'XDG_DATA_DIRS'],
  ...['JAVA_HOME', 'MAVEN_HOME', 'M2_HOME', 'GRADLE_HOME', 'GRADLE_USER_HOME', 'KOTLIN_HOME'],
  ...['GOPATH', 'GOROOT', 'GOBIN', 'GOCACHE', 'GOMODCACHE', 'GOFLAGS', 'CGO_ENABLED'],
  ...['CARGO_HOME', 'CARGO_TARGET_DIR', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN'],
  ...['NVM_DIR', 'NVM_BIN', 'FNM_DIR', 'FNM_MULTISHELL_PATH', 'VOLTA_HOME', 'PNPM_HOME'],
  ...['BUN_INSTALL', 'DENO_DIR', 'NODE_PATH', 'NODE_EXTRA_CA_CERTS'],
  ...['VIRTUAL_ENV', 'PYENV_ROOT', 'PYTHONPATH', 'PYTHONHOME', 'CONDA_PREFIX', 'CONDA_DEFAULT_ENV'],
  ...['RBENV_ROOT', 'GEM_HOME', 'GEM_PATH', 'BUNDLE_PATH', 'DOTNET_ROOT', 'PUB_CACHE'],
  ...['ANDROID_HOME', 'ANDROID_SDK_ROOT', 'SDKROOT', 'DEVELOPER_DIR', 'HOMEBREW_PREFIX'],
  ...['ASDF_DIR', 'ASDF_DATA_DIR', 'MISE_*', 'NIX_*', 'IN_NIX_SHELL'],
  ...['CC', 'CXX', 'CFLAGS', 'CXXFLAGS', 'CPPFLAGS', 'LDFLAGS', 'CPATH', 'LIBRARY_PATH'],
  ...['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'PKG_CONFIG_PATH', 'CMAKE_PREFIX_PATH'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
];

/** A name like this is never passed on, not even where it was asked for by mistake. */
const secretName = /key|token|secret|passw|passphrase|credential|auth/i;
/** Variables by which a shell reads or runs something before the command, or traces it; never passed on either. */
export const startsShells =
  /^(BASH_ENV|ENV|ZDOTDIR|PROMPT_COMMAND|PS[0-4]|SHELLOPTS|BASHOPTS|BASH_FUNC_.*)$/;
/** User and password inside an address. */
const secretValue = /:\/\/[^/\s]*:[^/\s]*@/;

export interface CommandEnvironmentOptions {
  /** Names the person chose to pass on besides the usual ones. */
  readonly extraNames?: readonly string[];
  /** Folder of the `rg` program; it goes to the end of PATH. */
  readonly ripgrepFolder?: string | undefined;
}

/** What a command may know of the person's environment. */
export function commandEnvironment(
  captured: Readonly<Record<string, string | undefined>>,
  options: CommandEnvironmentOptions = {},
): Environment {
  const patterns = [...allowed, ...(options.extraNames ?? [])];
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(captured)) {
    if (value === undefined || !patterns.some((pattern) => matches(name, pattern))) continue;
    if (secretName.test(name) || secretValue.test(value) || startsShells.test(name)) continue;
    result[name] = name === 'PATH' ? absoluteSearchPath(value) : value;
  }
  if (options.ripgrepFolder) {
    result.PATH = [result.PATH, options.ripgrepFolder].filter(Boolean).join(delimiter);
  }
  return result;
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
