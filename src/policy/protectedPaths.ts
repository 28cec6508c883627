import * as l10n from '@vscode/l10n';
import { obeyedNames } from '../protocol/obeyedNames';

/** They always ask. Compared without case and in composed form, since some file systems do the same. */
const protectedNames = new Set(obeyedNames);

/**
 * Files that a person's own tools run sooner or later: what builds and pipelines do, and the programs of an
 * environment, which a terminal or an editor starts by their name.
 */
const runLater: readonly RegExp[] = [
  /(^|\/)\.github\/(workflows|actions)(?=\/)/,
  /(^|\/)(\.gitlab-ci\.yml|\.circleci|azure-pipelines\.yml|jenkinsfile|\.travis\.yml)(?=\/|$)/,
  /(^|\/)(gnu)?makefile$/,
  /(^|\/)\.?justfile$/,
  /(^|\/)(\.?venv|\.?env|virtualenv)\/(bin|scripts)(?=\/)/,
  /(^|\/)(\.?venv|\.?env|virtualenv)\/pyvenv\.cfg$/,
  /(^|\/)(node_modules|vendor)\/\.?bin(?=\/)/,
];

/** Names that hold secrets: reading them asks. */
const secretName =
  /^(\.env(\..*)?|\.netrc|\.npmrc|\.pypirc|\.git-credentials|id_(rsa|dsa|ecdsa|ed25519).*|.*\.(pem|key|p12|pfx|keystore)|credentials(\..*)?)$/;
const secretFolders = new Set(['.ssh', '.aws', '.gnupg', '.kube', '.docker']);

/** Templates that look like secrets but are meant to be read. */
const harmlessName = /^\.env\.(example|sample|template|dist)$/;

/** The protected part of a path, such as `.git`; undefined where it has none. */
export function protectedPart(path: string): string | undefined {
  const named = obeyedPart(path);
  if (named !== undefined) return named;
  const whole = segments(path).map(folded).join('/');
  const found = runLater.map((pattern) => pattern.exec(whole)?.[0]).find((part) => part);
  return found?.replace(/^\//, '');
}

/** The part of a path that other programs obey by its name alone, without what is run later only; else undefined. */
export function obeyedPart(path: string): string | undefined {
  return segments(path).find((segment) => {
    const name = folded(segment);
    // NTFS knows `.git` also by a short name.
    return protectedNames.has(name) || /^git~\d+$/.test(name) || name.endsWith('.code-workspace');
  });
}

/** Why writing a protected part asks, for people. */
export function protectedReason(part: string): string {
  return l10n.t('{0} is protected: other programs act on what it holds', part);
}

/** True where a path names something that usually holds secrets. */
export function mayHoldSecrets(path: string): boolean {
  const all = segments(path).map(folded);
  const name = all[all.length - 1] ?? '';
  if (all.some((segment) => secretFolders.has(segment))) return true;
  return secretName.test(name) && !harmlessName.test(name);
}

/** Both separators count: a name with a backslash in it is a path on Windows. */
function segments(path: string): string[] {
  return path.split(/[/\\]/).filter((segment) => segment !== '');
}

/**
 * A name as the most forgiving file system takes it: Windows drops trailing dots and spaces and anything after a colon,
 * HFS+ drops characters that are not seen.
 */
function folded(segment: string): string {
  return segment
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .replace(/:.*$/, '')
    .replace(/[. ]+$/, '');
}
