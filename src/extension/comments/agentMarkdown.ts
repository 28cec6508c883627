import { readWebAddress, saysHost, type WebAddress } from '../../protocol/webAddress';
import { writeOutHidden } from '../../protocol/visibleText';

/** The start of a block of code, however deep it stands. */
const fence = /^(?<indent>[ \t]*)(?<marks>`{3,}|~{3,})[ \t]*(?<language>[\w+#.-]*)[^`]*$/;

/** What means something in a line, in the order in which it is looked for; all else is left as it is. */
const parts = new RegExp(
  [
    '(?<kept>\\\\[!-/:-@[-`{-~]|&(?:amp|lt|gt|quot|#39|nbsp);' +
      // An address that is nothing but plain says by itself where it leads.
      '|https?://[a-z\\d.-]+(?:[/?#][\\w./%#?=+:,-]*)?(?=[).,;:!?\'"]*(?:\\s|$)))',
    // Tables are cut at bars, also in code.
    '(?<code>(?<!`)(?<ticks>`+)(?!`)[^|]*?(?<!`)\\k<ticks>(?!`))',
    '(?<!!)\\[(?<words>[^[\\]`\\\\<>|]*)\\]\\((?<href>[^\\s()<>`\\\\|]+)\\)',
    '<(?<enclosed>https?://[^\\s<>`\\\\|]+)>',
    '(?<bare>(?:https?://|www\\.)(?:(?!&[#\\w]+;)[^\\s<>[\\]`\\\\|])*(?<![.,;:!?\'")*_~]))',
    '(?<sign>[[<`&\\\\]|!(?=<|https?:|www\\.)|(?<=ftp):|~(?=~~)|(?<=~~)~)',
  ].join('|'),
  'gi',
);

/**
 * A model's Markdown for VS Code to draw: lists, code and marks stay, HTML and images are shown as they are written, and
 * a link whose words do not say which host it leads to says it behind them. Nothing in it is hidden. Code is written
 * anew and whatever else could begin a link is escaped, so nothing depends on reading Markdown as VS Code does.
 */
export function agentMarkdown(text: string): string {
  const lines = writeOutHidden(text).split(/\r?\n/);
  const drawn: string[] = [];
  while (lines.length > 0) {
    const line = lines.shift()!;
    const opened = fence.exec(line)?.groups;
    drawn.push(opened ? drawBlock(takeBlock(lines, opened), opened['language']!) : drawLine(line));
  }
  return drawn.join('\n');
}

/** The lines of a block of code, up to its end or that of the text. */
function takeBlock(lines: string[], { indent = '', marks = '' }: Record<string, string>): string[] {
  const end = lines.findIndex((line) => {
    const trimmed = line.trim();
    return trimmed.length >= marks.length && trimmed === marks[0]!.repeat(trimmed.length);
  });
  const taken = lines.splice(0, end < 0 ? lines.length : end + 1);
  return (end < 0 ? taken : taken.slice(0, -1)).map((line) =>
    line.startsWith(indent) ? line.slice(indent.length) : line,
  );
}

function drawBlock(code: readonly string[], language: string): string {
  const runs = code.flatMap((line) => line.match(/`+/g) ?? []);
  const marks = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return ['', marks + language, ...code, marks, ''].join('\n');
}

function drawLine(line: string): string {
  return line.replace(parts, (part: string, ...found: unknown[]) => {
    const groups = found.at(-1) as Readonly<Record<string, string | undefined>>;
    const { kept, code, words, href, enclosed, bare } = groups;
    if (kept !== undefined || code !== undefined) return part;
    if (words !== undefined && href !== undefined) return drawLink(words, href);
    const address = enclosed ?? bare;
    if (address !== undefined) return drawAddress(address);
    return `\\${part}`;
  });
}

function drawLink(words: string, href: string): string {
  const address = readAddress(href);
  return address
    ? linkTo(address, words.replaceAll('&', '\\&'), words)
    : `\\[${drawLine(words)}](${drawLine(href)})`;
}

/** An address as it stands in text, as a link of its own: what VS Code took for its end could be another. */
function drawAddress(text: string): string {
  const address = readAddress(/^www\./i.test(text) ? `http://${text}` : text);
  return address
    ? linkTo(address, text.replace(/[*_~&]/g, '\\$&'), text)
    : text.replace(/[.:&]/g, '\\$&');
}

/** An address whose host is a name or a number: browsers take brackets and more for a host. */
function readAddress(text: string): WebAddress | undefined {
  const address = readWebAddress(text);
  return address && /^[a-z\d.:[\]-]+$/.test(address.host) ? address : undefined;
}

/** A link with the host behind it where its words do not say that. @param drawn the words as Markdown. */
function linkTo(address: WebAddress, drawn: string, words: string): string {
  const plain = address.href.replaceAll('`', '%60').replaceAll('\\', '%5C');
  const target = plain.replace(/[*_~]/g, '\\$&');
  if (saysHost(words, address)) return `[${drawn}](<${target}>)`;
  return `[${drawn}](<${target}>) (${address.host.replace(/(?<=www)\.|[[\]]/g, '\\$&')})`;
}
