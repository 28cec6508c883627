/** How a piece of terminal output looks. Colours 0 to 15 are the theme's own, others an `rgb()` value. */
export interface TerminalStyle {
  readonly color?: number | string;
  readonly background?: number | string;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  /** Colour and background are the other way round. */
  readonly inverse?: boolean;
}

export interface TerminalSpan {
  readonly text: string;
  readonly style: TerminalStyle;
}

const plain: TerminalStyle = {};

/**
 * An escape sequence: CSI (parameters and final byte), OSC and its kind up to their end or the end of the line, or a
 * short one; also one cut off at the end, and the 8-bit forms (C1).
 */
const escapeSequence =
  /(?:\x1b\[|\x9b)(?:(?<params>[0-?]*)[ -/]*(?<final>[@-~])|[0-?]*[ -/]*$)|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b(?:[ -/]*[0-~]|$)|[\x80-\x9f]/y;

/**
 * Reads raw terminal output into lines of styled spans: colours and emphasis are kept; carriage return, backspace
 * and erase-in-line work, so a progress bar ends as its last state; everything else a terminal would obey is left
 * out. No escape character ever comes through.
 */
export function readTerminalText(raw: string): readonly (readonly TerminalSpan[])[] {
  const lines: TerminalSpan[][] = [];
  let line = new Line();
  let style = plain;

  for (let place = 0; place < raw.length;) {
    const char = raw.charAt(place);
    if (char === '\x1b' || (char >= '\x80' && char <= '\x9f')) {
      escapeSequence.lastIndex = place;
      const match = escapeSequence.exec(raw);
      const { params = '', final } = match?.groups ?? {};
      if (final === 'm') style = applyStyle(style, params);
      else if (final === 'K') line.erase(params);
      else if (final === 'G') line.column = Math.max(0, Number(params || 1) - 1);
      else if (final === 'C') line.column += Number(params || 1);
      else if (final === 'D') line.column = Math.max(0, line.column - Number(params || 1));
      place += match?.[0].length || 1;
      continue;
    }
    place++;
    if (char === '\n') {
      lines.push(line.spans());
      line = new Line();
    } else if (char === '\r') line.column = 0;
    else if (char === '\b') line.column = Math.max(0, line.column - 1);
    else if (char === '\t') line.write(' '.repeat(8 - (line.column % 8)), style);
    else if (char >= ' ' && char !== '\x7f') line.write(char, style);
  }
  const last = line.spans();
  if (last.length > 0) lines.push(last);
  return lines;
}

/** The text alone, as a person would read it. */
export function plainOf(raw: string): string {
  return readTerminalText(raw)
    .map((spans) =>
      spans
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** Columns a line may reach by moving the cursor: garbage must not become memory. */
const maxColumn = 10_000;

/** One line being written, cell by cell, because a carriage return writes over what is there. */
class Line {
  column = 0;
  private readonly chars: string[] = [];
  private readonly styles: TerminalStyle[] = [];

  write(text: string, style: TerminalStyle): void {
    this.column = Math.min(this.column, Math.max(this.chars.length, maxColumn));
    while (this.chars.length < this.column) this.put(this.chars.length, ' ', plain);
    for (const char of text) this.put(this.column++, char, style);
  }

  /** `0` to the end, `1` to the start, `2` all of the line. */
  erase(params: string): void {
    if (params === '1') {
      for (let at = 0; at <= this.column && at < this.chars.length; at++) this.put(at, ' ', plain);
      return;
    }
    const keep = params === '2' ? 0 : this.column;
    this.chars.length = Math.min(this.chars.length, keep);
    this.styles.length = this.chars.length;
  }

  spans(): TerminalSpan[] {
    const spans: { text: string; style: TerminalStyle }[] = [];
    this.chars.forEach((char, at) => {
      const style = this.styles[at] ?? plain;
      if (at > 0 && style === this.styles[at - 1]) spans[spans.length - 1]!.text += char;
      else spans.push({ text: char, style: legible(style) });
    });
    return spans;
  }

  private put(at: number, char: string, style: TerminalStyle): void {
    this.chars[at] = char;
    this.styles[at] = style;
  }
}

/** Text in the colour of its own background would be there for the model alone: it loses both. */
function legible(style: TerminalStyle): TerminalStyle {
  const { color, background, ...rest } = style;
  if (color === undefined || background === undefined) return style;
  return isClose(color, background) ? rest : style;
}

/** So far apart, of 765, are colours that can be told from each other. */
const leastDistance = 60;

function isClose(color: number | string, other: number | string): boolean {
  if (typeof color === 'number' || typeof other === 'number') return color === other;
  const [one, two] = [color, other].map((each) => (each.match(/\d+/g) ?? []).map(Number));
  const parts = (one ?? []).map((part, at) => Math.abs(part - (two?.[at] ?? 0)));
  return parts.reduce((sum, part) => sum + part, 0) < leastDistance;
}

/** Select Graphic Rendition (ECMA-48, 8.3.117). */
function applyStyle(style: TerminalStyle, params: string): TerminalStyle {
  const codes = params.split(/[;:]/).map(Number);
  const next: { -readonly [Key in keyof TerminalStyle]: TerminalStyle[Key] } = { ...style };
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0) for (const key of Object.keys(next)) delete next[key as keyof TerminalStyle];
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 7) next.inverse = true;
    else if (code === 9) next.strike = true;
    else if (code === 22) {
      delete next.bold;
      delete next.dim;
    } else if (code === 23) delete next.italic;
    else if (code === 24) delete next.underline;
    else if (code === 27) delete next.inverse;
    else if (code === 29) delete next.strike;
    else if (code === 39) delete next.color;
    else if (code === 49) delete next.background;
    else if (code >= 30 && code <= 37) next.color = code - 30;
    else if (code >= 90 && code <= 97) next.color = code - 82;
    else if (code >= 40 && code <= 47) next.background = code - 40;
    else if (code >= 100 && code <= 107) next.background = code - 92;
    else if (code === 38 || code === 48) {
      const color = codes[at + 1] === 5 ? indexed(codes[at + 2]) : rgb(codes.slice(at + 2, at + 5));
      at += codes[at + 1] === 5 ? 2 : 4;
      if (code === 38) next.color = color;
      else next.background = color;
    }
  }
  return next;
}

/** Colour of the 256-colour table: the theme's sixteen, a 6x6x6 cube, greys. */
function indexed(index = 0): number | string {
  if (index < 16) return index;
  if (index >= 232) return rgb([8, 8, 8].map((base) => base + (index - 232) * 10));
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return rgb([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level));
}

function rgb(parts: readonly number[]): string {
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Math.min(255, part || 0));
  return `rgb(${red} ${green} ${blue})`;
}

/** The last part of long output, from the start of a line. */
export function tailOf(raw: string, maxChars: number): string {
  if (raw.length <= maxChars) return raw;
  const tail = raw.slice(-maxChars);
  return tail.slice(tail.indexOf('\n') + 1);
}
