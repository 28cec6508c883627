import { readFileSync } from 'node:fs';

/** Signatures of the directory's end, and of one entry in it (APPNOTE 4.3.12 and 4.3.16). */
const endOfDirectory = Buffer.from('PK\x05\x06', 'latin1');
const entryMark = 0x02014b50;

/** The paths of what is in a zip file, in its order. @throws Error where the file is none. */
export function zipNames(file: string): string[] {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(endOfDirectory);
  if (end < 0) throw new Error(`${file} is no zip file.`);
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== entryMark) throw new Error(`${file} is damaged.`);
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    names.push(bytes.toString('utf8', at + 46, at + 46 + name!));
    at += 46 + name! + extra! + comment!;
  }
  return names;
}
