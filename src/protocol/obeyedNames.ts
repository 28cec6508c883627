/**
 * Names whose content other programs run or obey: writing them can run code outside the agent later. Lower case; some
 * file systems take them in any case.
 */
export const obeyedNames: readonly string[] = [
  ...['.git', '.gitmodules', '.hg', '.svn'],
  ...['.vscode', '.idea', '.devcontainer', '.devcontainer.json', '.vs', '.zed', '.fleet'],
  ...['.husky', '.pre-commit-config.yaml', 'lefthook.yml', '.lefthook.yml'],
  ...['.envrc', '.yarnrc', '.yarnrc.yml', '.npmrc', '.pnpmfile.cjs'],
  ...['.mcp.json', '.cursor', '.claude', '.codex', '.gemini', '.windsurf', '.kilocode', '.roo'],
  ...['.tandem', '.tandemignore'],
];

/**
 * Those that a confined command can neither change nor make at the top of the folder: editors obey them at once, or fill
 * them by themselves, so that nobody could tell who wrote there.
 */
export const closedNames: readonly string[] = ['.git', '.vscode', '.idea'];
