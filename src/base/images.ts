/** Kinds of images by their first bytes; a file's name can lie. */
const signatures: ReadonlyArray<{ readonly type: string; readonly bytes: readonly number[] }> = [
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', bytes: [0x52, 0x49, 0x46, 0x46] },
];

/** Media type of a PNG, JPEG, GIF or WebP image; undefined for anything else. */
export function imageTypeOf(bytes: Uint8Array): string | undefined {
  return signatures.find(({ bytes: start }) => start.every((byte, i) => bytes[i] === byte))?.type;
}

export function dataUrlOf(type: string, bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x8000) {
    chunks.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  }
  return `data:${type};base64,${btoa(chunks.join(''))}`;
}
