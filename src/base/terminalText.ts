/*
 * Escape sequences (ECMA-48): CSI; strings (OSC, DCS, SOS, PM, APC) up to their end or the end of the line; sequences
 * of two or three characters. The 8-bit forms (C1) are included.
 */
const escapes =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
/** Everything that is neither text nor tab, line feed, carriage return, backspace. */
const controls = /[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Stand for "erase to the end of the line" and "erase the line" between the two passes; no text holds them. */
const eraseToEnd = '\ufffe';
const eraseLine = '\uffff';
const cursorMoves = /[\r\b\ufffe\uffff]/;

/**
 * What a person would read on the screen after raw terminal output went by: escape sequences gone, lines that a
 * carriage return or backspaces overwrote resolved, CRLF as LF, control bytes dropped, tabs kept. Movement between
 * lines is not followed. Pure, and linear in time.
 */
export function cleanTerminalText(raw: string): string {
  const text = raw.replace(escapes, readEscape).replace(controls, readControl);
  if (!cursorMoves.test(text)) return text;
  return text
    .split('\n')
    .map((line) => (cursorMoves.test(line) ? readLine(line) : line))
    .join('\n');
}

function readEscape(sequence: string): string {
  const end = sequence.at(-1);
  if (end !== 'K' && end !== 'G') return '';
  const parameter = /^(?:\x1b\[|\x9b)([0-2]?)[KG]$/.exec(sequence)?.[1];
  switch (`${parameter}${end}`) {
    case 'K':
    case '0K':
      return eraseToEnd;
    case '2K':
      return eraseLine;
    case 'G':
    case '0G':
    case '1G':
      return '\r';
    default:
      return '';
  }
}

function readControl(control: string): string {
  return control === '\x0b' || control === '\x0c' ? '\n' : '';
}

/** One line with a cursor that goes back and writes over what stands there. */
function readLine(line: string): string {
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  // Columns before `start` are blank; they get cells only when something is written there.
  let start = 0;
  let cells: string[] = [];
  let column = 0;
  for (const character of line.slice(0, end)) {
    if (character === '\r') column = 0;
    else if (character === '\b') column = Math.max(0, column - 1);
    else if (character === eraseToEnd)
      cells.length = Math.min(cells.length, Math.max(0, column - start));
    else if (character === eraseLine) {
      cells = [];
      start = column;
    } else {
      if (cells.length === 0) start = column;
      if (column < start) {
        cells = [...new Array<string>(start - column).fill(' '), ...cells];
        start = column;
      }
      cells[column - start] = character;
      column += 1;
    }
  }
  return cells.length === 0 ? '' : ' '.repeat(start) + cells.join('');
}
