import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findProgram } from '../adapters/programs/findProgram';

/**
 * Where ripgrep is: VS Code's own (the layouts of its desktop, server and older builds), else the package, else
 * whatever `rg` the PATH has. `appRoot` is VS Code's installation folder.
 */
export function findRipgrep(
  appRoot: string,
  { platform, arch } = { platform: process.platform as string, arch: process.arch as string },
): string {
  const name = platform === 'win32' ? 'rg.exe' : 'rg';
  const target = `${platform}-${arch}`;
  const roots = ['node_modules', 'node_modules.asar.unpacked'].map((folder) =>
    join(appRoot, folder, '@vscode'),
  );
  const candidates = roots.flatMap((root) => [
    join(root, 'ripgrep/bin', name),
    join(root, `ripgrep-${target}/bin`, name),
    join(root, `ripgrep-universal/bin/${target}`, name),
    join(root, 'ripgrep-universal/bin', name),
  ]);
  const found = candidates.find((path) => existsSync(path)) ?? ripgrepPackage();
  return found ?? findProgram('rg', process.env['PATH']) ?? name;
}

/** The npm package, where the extension runs from its sources. */
function ripgrepPackage(): string | undefined {
  try {
    const { rgPath } = createRequire(__filename)('@vscode/ripgrep') as { rgPath?: unknown };
    return typeof rgPath === 'string' && existsSync(rgPath) ? rgPath : undefined;
  } catch {
    return undefined;
  }
}
