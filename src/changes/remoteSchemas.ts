import type { Patch, PatchSection } from './parsePatch';

/** A schema that editors would load from the network as soon as they open a file. */
export interface RemoteSchema {
  /** As the patch names it. */
  readonly path: string;
  readonly host: string;
}

/** Files in which editors look for a schema. */
const withSchema = /\.(json[c5]?|jsonl|ya?ml|toml|code-[\w-]+|webmanifest|[\w-]*rc)$/i;
/** Hosts that only hand out the usual schemas; an address without a query tells them nothing. */
const usualHosts = new Set(['json-schema.org', 'json.schemastore.org', 'www.schemastore.org']);
const reference = /(?:\$schema|#:schema)["']?\s*[:=]?\s*["']?\s*((?:https?:)?\/\/[^\s"'<>]+)/gi;

/**
 * The schemas that a patch makes files refer to. Loading one is a request whose address the patch chose, so it could
 * carry anything out. The usual places of schemas are left out.
 */
export function remoteSchemas(patch: Patch): readonly RemoteSchema[] {
  return patch.sections.flatMap((section) => {
    const path = (section.kind === 'update' && section.moveTo) || section.path;
    if (!withSchema.test(path)) return [];
    return [...decoded(newText(section)).matchAll(reference)].flatMap(([, address = '']) => {
      const host = unusualHost(address);
      return host === undefined ? [] : [{ path, host }];
    });
  });
}

/** The lines that the patch shows of the new file, those around what changes included. */
function newText(section: PatchSection): string {
  if (section.kind === 'delete') return '';
  if (section.kind === 'add') return section.lines.join('\n');
  return section.chunks
    .flatMap(({ lines }) => lines.filter(({ mark }) => mark !== '-').map(({ text }) => text))
    .join('\n');
}

/** JSON may write any character as `\u0024`, and a slash as `\/`. */
function decoded(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\\//g, '/');
}

function unusualHost(address: string): string | undefined {
  const absolute = address.startsWith('//') ? `https:${address}` : address;
  if (!URL.canParse(absolute)) return address;
  const { host, hostname, search, username } = new URL(absolute);
  const isUsual = usualHosts.has(hostname) && search === '' && username === '';
  return isUsual ? undefined : host;
}
