/**
 * Names whose content other programs run or obey: writing them can run code outside the agent later, so they always
 * ask. Compared without case and in composed form, since some file systems do the same.
 */
const protectedNames = new Set([
  '.git',
  '.vscode',
  '.idea',
  '.devcontainer',
  '.husky',
  '.envrc',
  '.mcp.json',
  '.tandem',
]);

/** Names that hold secrets: reading them asks. */
const secretName =
  /^(\.env(\..*)?|\.netrc|\.npmrc|\.pypirc|\.git-credentials|id_(rsa|dsa|ecdsa|ed25519).*|.*\.(pem|key|p12|pfx|keystore)|credentials(\..*)?)$/;
const secretFolders = new Set(['.ssh', '.aws', '.gnupg', '.kube', '.docker']);

/** Templates that look like secrets but are meant to be read. */
const harmlessName = /^\.env\.(example|sample|template|dist)$/;

/** The protected part of a path, such as `.git`; undefined where it has none. */
export function protectedPart(path: string): string | undefined {
  return segments(path).find(
    (segment) => protectedNames.has(folded(segment)) || folded(segment).endsWith('.code-workspace'),
  );
}

/** True where a path names something that usually holds secrets. */
export function mayHoldSecrets(path: string): boolean {
  const all = segments(path).map(folded);
  const name = all[all.length - 1] ?? '';
  if (all.some((segment) => secretFolders.has(segment))) return true;
  return secretName.test(name) && !harmlessName.test(name);
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** Windows also drops trailing dots and spaces and anything after a colon. */
function folded(segment: string): string {
  return segment
    .normalize('NFC')
    .toLowerCase()
    .replace(/:.*$/, '')
    .replace(/[. ]+$/, '');
}
