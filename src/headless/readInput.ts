import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Attachment, UserInput } from '../protocol/input';
import type { ExecArguments } from './arguments';
import { UsageError } from './usage';

/** The prompt and its images. Reads stdin where no prompt was given. @throws UsageError */
export async function readInput(args: ExecArguments): Promise<UserInput> {
  const text = args.prompt ?? (await readStdin());
  if (text.trim() === '') throw new UsageError('The prompt is empty.');
  return { text, attachments: args.images.map(readImage) };
}

/** What a review is to look at, where the person said so; stdin is only read for `-`. @throws UsageError */
export async function readInstruction(args: ExecArguments): Promise<UserInput> {
  const text = args.prompt ?? (args.promptFromStdin ? await readStdin() : '');
  return { text: text.trim(), attachments: [] };
}

/** The folder to work in, absolute and with links resolved. @throws UsageError */
export function readFolder(folder: string): string {
  try {
    const path = realpathSync(folder);
    if (statSync(path).isDirectory()) return path;
  } catch (error) {
    throw new UsageError(
      `The folder ${resolve(folder)} cannot be used: ${(error as Error).message}`,
    );
  }
  throw new UsageError(`${resolve(folder)} is not a folder.`);
}

/** A JSON schema from a file. @throws UsageError */
export function readSchema(file: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`The schema ${file} cannot be read: ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new UsageError(`The schema ${file} is not a JSON object.`);
}

const imageTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

function readImage(file: string): Attachment {
  const type = imageTypes[file.slice(file.lastIndexOf('.') + 1).toLowerCase()];
  if (type === undefined) throw new UsageError(`${file} is no PNG, JPEG, GIF or WebP image.`);
  try {
    const data = readFileSync(file).toString('base64');
    return { kind: 'image', name: basename(file), dataUrl: `data:${type};base64,${data}` };
  } catch (error) {
    throw new UsageError(`The image ${file} cannot be read: ${(error as Error).message}`);
  }
}

async function readStdin(): Promise<string> {
  if (process.stdin.isTTY) throw new UsageError('Give a prompt, or pipe one in.');
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
