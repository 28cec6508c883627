import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies the sample workspace into `parent`, so that the clone stays clean; returns where it is. */
export async function copySampleWorkspace(root: string, parent: string): Promise<string> {
  const folder = join(parent, 'sample');
  await mkdir(parent, { recursive: true });
  await cp(join(root, 'demo', 'workspace'), folder, { recursive: true });
  return folder;
}
