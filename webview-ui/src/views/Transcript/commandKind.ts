/** What a shell command is to a reader of the transcript. */
export type CommandKind =
  | { readonly kind: 'read'; readonly files: readonly string[] }
  | { readonly kind: 'search' }
  | { readonly kind: 'other' };

const readers = new Set(['cat', 'head', 'tail', 'nl', 'less', 'more', 'bat', 'sed', 'wc']);
const searchers = new Set(['rg', 'grep', 'find', 'fd', 'ls', 'tree', 'git grep', 'pwd', 'which']);
const filters = new Set([...readers, 'grep', 'rg', 'sort', 'uniq', 'cut', 'awk', 'tr', 'true']);
/**
 * Judges a command by its words, for counting only: nothing is allowed or denied by it.
 * `readOnly` is the policy's own judgement.
 */
export function classifyCommand(command: string, readOnly: boolean): CommandKind {
  const parts = command.split(/&&|\|\||;|\n/).map((part) => part.trim());
  const programs = parts.filter((part) => part !== '' && !/^cd\s/.test(part));
  if (!readOnly || programs.length === 0) return { kind: 'other' };

  const files = programs.map(filesRead);
  if (files.every((names) => names !== undefined)) {
    const unique = [...new Set(files.flat())];
    if (unique.length > 0) return { kind: 'read', files: unique };
  }
  return programs.every(isSearch) ? { kind: 'search' } : { kind: 'other' };
}

/** The files that `cat`, `sed -n` and their like print; undefined for any other command. */
function filesRead(program: string): readonly string[] | undefined {
  const [source = '', ...rest] = program.split('|').map((stage) => stage.trim());
  if (!rest.every((stage) => filters.has(firstWord(stage)))) return undefined;
  const [name = '', ...args] = source.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  if (!readers.has(name)) return undefined;
  const operands = args.filter((arg) => !arg.startsWith('-') && !/^\d*[<>]/.test(arg));
  const paths = name === 'sed' ? operands.slice(1) : operands;
  return paths.map(unquote).filter((path) => !/^\d+$/.test(path));
}

function isSearch(program: string): boolean {
  const words = program.split(/\s+/);
  return searchers.has(words[0] ?? '') || searchers.has(words.slice(0, 2).join(' '));
}

function firstWord(text: string): string {
  return text.split(/\s+/)[0] ?? '';
}

function unquote(word: string): string {
  return word.replace(/^(['"])(.*)\1$/, '$2');
}
