import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** VS Code 1.139.1 as an npm package; `integrity` is what the registry said when it was chosen. */
const pinned = {
  name: 'code-server',
  version: '4.139.1',
  integrity:
    'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};

/** Built-in extensions that want an account or bring a chat of their own. */
const leftOut = ['copilot', 'github-authentication', 'microsoft-authentication'];

/**
 * The folder of a VS Code server, fetched through npm into `cacheFolder` the first time (about 50 MB).
 * @throws Error when npm cannot fetch it or its bytes are not the pinned ones.
 */
export async function fetchVscodeServer(cacheFolder: string): Promise<string> {
  const home = join(cacheFolder, `${pinned.name}-${pinned.version}`);
  if (existsSync(home)) return home;
  await mkdir(cacheFolder, { recursive: true });
  const work = await mkdtemp(join(cacheFolder, 'fetch-'));
  try {
    console.log(
      `Fetching the VS Code server (${pinned.name} ${pinned.version}) through npm, once.`,
    );
    const archive = await download(work);
    await unpack(archive, work);
    const server = join(work, 'package', 'lib', 'vscode');
    await npm(['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'], server);
    await rename(server, home).catch((error: unknown) => {
      // Another run was faster; its copy is as good.
      if (!existsSync(home)) throw error;
    });
    return home;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(folder: string): Promise<string> {
  const wanted = `${pinned.name}@${pinned.version}`;
  await npm(['pack', wanted, '--pack-destination', folder], folder);
  const archive = join(folder, `${pinned.name}-${pinned.version}.tgz`);
  const digest = createHash('sha512').update(await readFile(archive));
  if (`sha512-${digest.digest('base64')}` !== pinned.integrity) {
    throw new Error(`${wanted} is not what was pinned: its checksum differs.`);
  }
  return archive;
}

async function unpack(archive: string, folder: string): Promise<void> {
  const root = 'package/lib/vscode';
  const excluded = leftOut.map((name) => `--exclude=${root}/extensions/${name}`);
  await execute('tar', ['-xzf', archive, '-C', folder, ...excluded, root]);
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  await execute('npm', [...args, '--silent', '--fetch-retries=5'], {
    cwd,
    shell: process.platform === 'win32',
  });
}
