import type { Node } from 'web-tree-sitter';

type Lists = readonly (readonly string[])[];

/** What may join commands; everything else, such as `&` or `;;`, makes a line more than plain. */
const joints = new Set(['&&', '||', '|', ';', '\n']);

/** The argument lists of a syntax tree of nothing but plain commands with literal words; undefined for any other. */
export function argumentLists(root: Node): Lists | undefined {
  if (root.type !== 'program' || root.hasError) return undefined;
  try {
    return commandsOf(root);
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class NotPlain extends Error {}

function children(node: Node): Node[] {
  return node.children.filter((child) => child !== null);
}

function commandsOf(node: Node): string[][] {
  switch (node.type) {
    case 'program':
    case 'list':
    case 'pipeline':
      return children(node).flatMap((child) => {
        if (child.isNamed) return commandsOf(child);
        if (joints.has(child.type)) return [];
        throw new NotPlain();
      });
    case 'command':
      return [children(node).map(wordOf)];
    case 'redirected_statement':
      return children(node).flatMap((child) => {
        if (child.type !== 'file_redirect') return commandsOf(child);
        checkRedirection(child);
        return [];
      });
    default:
      throw new NotPlain();
  }
}

function checkRedirection(node: Node): void {
  if (!/^[12]?(>>? *\/dev\/null|>&1)$/.test(node.text)) throw new NotPlain();
}

function wordOf(node: Node): string {
  switch (node.type) {
    case 'command_name':
    case 'concatenation':
      return children(node).map(wordOf).join('');
    case 'word':
    case 'number':
      if (/^\\[()!]$/.test(node.text)) return node.text.slice(1);
      // Behind a letter or a digit `~` stands for itself.
      if (node.childCount > 0 || /(?<!\w)~|[\\$`*?[\]{}]/.test(node.text)) throw new NotPlain();
      return node.text;
    case 'raw_string':
      return node.text.slice(1, -1);
    case 'string':
      // The text of `string_content` leaves out blanks in places, so the whole string is taken.
      for (const child of children(node)) {
        if (!['"', '$', 'string_content'].includes(child.type)) throw new NotPlain();
      }
      return unescaped(node.text.slice(1, -1));
    default:
      throw new NotPlain();
  }
}

/** The text of a quoted string, in which a dollar sign may stand for itself at the end only. */
function unescaped(text: string): string {
  const pieces = text.split('\\\\');
  if (pieces.some((piece) => /\\(["$`\n]|$)/.test(piece))) throw new NotPlain();
  if (/\$(?!$)/.test(text)) throw new NotPlain();
  return pieces.join('\\');
}
