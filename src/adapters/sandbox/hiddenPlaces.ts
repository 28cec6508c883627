import { lstatSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readOrEmpty } from '../disk/processOwner';

/** Folders and files of a home that hold keys and passwords, relative to it. */
const credentials = [
  ...['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker', '.oci', '.password-store'],
  ...['.config/gh', '.config/hub', '.config/glab-cli', '.config/gcloud', '.config/doctl'],
  ...['.config/op', '.config/rclone', '.config/sops', '.config/age', '.config/git/credentials'],
  ...['.config/containers', '.config/netlify', '.config/heroku', '.config/stripe', '.config/fly'],
  ...['.local/share/keyrings', '.local/share/kwalletd', '.pki', '.terraform.d', '.fly'],
  ...['.config/google-chrome', '.config/chromium', '.mozilla', '.thunderbird', '.var/app'],
  ...['.config/BraveSoftware', '.config/microsoft-edge', '.config/vivaldi', '.config/opera'],
  ...['snap/firefox', 'snap/chromium', 'snap/thunderbird'],
  ...['.netrc', '.git-credentials', '.npmrc', '.yarnrc.yml', '.pypirc', '.pgpass', '.my.cnf'],
  ...['.gem/credentials', '.cargo/credentials', '.cargo/credentials.toml', '.vault-token'],
  ...['.m2/settings.xml', '.m2/settings-security.xml', '.gradle/gradle.properties', '.s3cfg'],
  ...['.bash_history', '.zsh_history', '.python_history', '.node_repl_history', '.psql_history'],
  ...['.mysql_history', '.local/share/fish/fish_history', '.curlrc', '.wgetrc'],
  ...['.config/composer/auth.json', '.config/pypoetry/auth.toml', '.cache/huggingface/token'],
  ...['.codex', '.claude', '.claude.json', '.config/github-copilot', '.config/Code/User'],
  ...['.vscode-server/data/User', '.config/VSCodium/User', '.config/Cursor/User'],
];
/** Of the machine, for commands that an administrator runs; nobody else can read them. */
const systemCredentials = [
  '/etc/shadow',
  '/etc/gshadow',
  '/etc/ssh',
  '/run/secrets',
  '/var/lib/docker',
];

/** One place that is to be empty inside. */
export interface HiddenPlace {
  /** Absolute, links resolved: hiding the way to something would leave the thing itself in sight. */
  readonly path: string;
  readonly isFolder: boolean;
}

/** Those of these absolute paths that are there, as they must be hidden. */
export function existingPlaces(paths: readonly string[]): HiddenPlace[] {
  return paths.flatMap((path) => {
    // Most are not there, and an error costs more than a look.
    if (!lstatSync(path, { throwIfNoEntry: false })) return [];
    try {
      const real = realpathSync.native(path);
      return [{ path: real, isFolder: statSync(real).isDirectory() }];
    } catch {
      return [];
    }
  });
}

/** Where keys and passwords of a person usually lie, whether or not they exist; absolute paths. */
export function credentialPlaces(home: string): string[] {
  return [
    ...credentials.map((name) => join(home, name)),
    ...(process.geteuid?.() === 0 ? systemCredentials : []),
    `/run/user/${process.getuid?.() ?? ''}`,
  ];
}

const hiddenNote = '# Tandem hides what is in this file from commands in the sandbox.\n';

/** What a hidden file seems to hold: few bytes that its readers take for an empty setting, and never a secret. */
export function standInFor(path: string): string {
  if (path.endsWith('.json')) return '{}\n';
  if (path.endsWith('.xml')) return '<settings/>\n';
  return path.endsWith('/.npmrc') ? hiddenNote + plainNpmSettings(readOrEmpty(path)) : hiddenNote;
}

/**
 * The lines of an `.npmrc` that say where packages come from and nothing else: packages in npm's cache are found by the
 * address they came from.
 */
function plainNpmSettings(content: string): string {
  const plain =
    /^\s*((@[\w.-]+:)?registry|cache|legacy-peer-deps|engine-strict)\s*=\s*[^\s@?]+\s*$/;
  return content
    .split('\n')
    .filter((line) => plain.test(line))
    .map((line) => `${line}\n`)
    .join('');
}
