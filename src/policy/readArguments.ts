/** The options of a program that keep it to reading, each exactly as written: what is not here is not understood. */
export interface OptionTable {
  /** Letters of options without a value, which may stand together: `-la`. */
  readonly flags?: string;
  /** Letters of options with a value, glued or in the next word: `-n5`, `-n 5`. */
  readonly valued?: string;
  /** True where a value is always the next word, and what is glued to the letter are more options; save a number. */
  readonly neverGlued?: boolean;
  /** Letters of options whose value is glued or left out: `-U3`, `-u`. */
  readonly optional?: string;
  /** Long options without a value, without their dashes. */
  readonly long?: readonly string[];
  /** Long options with a value, `--name=value` or `--name value`. */
  readonly longValued?: readonly string[];
  /** Those of `longValued` that need no value where they are the last word. */
  readonly longValuedUnlessLast?: readonly string[];
  /** Long options whose value is behind `=` or left out. */
  readonly longOptional?: readonly string[];
  /** True where some systems take what follows an operand for another operand, which here would matter. */
  readonly optionsFirst?: boolean;
  /** True where a number may stand for an option: `-20`. */
  readonly count?: boolean;
}

/** Arguments as the table understands them. */
export interface ReadArguments {
  readonly operands: readonly string[];
  /** Values by option, such as `-n` or `--format`; empty where it was left out. */
  readonly values: readonly (readonly [option: string, value: string])[];
}

/** Sorts arguments by a table; undefined where one of them is not in it, abbreviations included. */
export function readArguments(
  table: OptionTable,
  args: readonly string[],
): ReadArguments | undefined {
  const operands: string[] = [];
  const values: [string, string][] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index]!;
    if (arg === '--') {
      operands.push(...args.slice(index + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
      continue;
    }
    if (table.optionsFirst && operands.length > 0) return undefined;
    if (table.count && /^-\d+$/.test(arg)) continue;
    const read = arg.startsWith('--') ? readLong(table, arg) : readShort(table, arg);
    if (!read) return undefined;
    if (read.flags) values.push([`-${read.flags}`, '']);
    if (read.value !== undefined) values.push([read.option, read.value]);
    if (!read.wantsNext) continue;
    const next = args[++index];
    if (next === undefined && table.longValuedUnlessLast?.includes(arg.slice(2))) {
      values.push([read.option, '']);
      continue;
    }
    // A value that looks like an option might be one after all, should the table be mistaken.
    if (next === undefined || next.startsWith('-')) return undefined;
    values.push([read.option, next]);
  }
  return { operands, values };
}

interface ReadOption {
  readonly option: string;
  readonly value?: string;
  readonly wantsNext?: boolean;
  /** Letters of options without a value that stand before it. */
  readonly flags?: string;
}

function readLong(table: OptionTable, arg: string): ReadOption | undefined {
  const equals = arg.indexOf('=');
  const name = arg.slice(2, equals < 0 ? undefined : equals);
  const option = `--${name}`;
  if (equals < 0) {
    if (table.longValued?.includes(name)) return { option, wantsNext: true };
    const known = table.long?.includes(name) || table.longOptional?.includes(name);
    return known ? { option, value: '' } : undefined;
  }
  const known = table.longValued?.includes(name) || table.longOptional?.includes(name);
  return known ? { option, value: arg.slice(equals + 1) } : undefined;
}

function readShort(table: OptionTable, arg: string): ReadOption | undefined {
  const letters = arg.slice(1);
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index]!;
    const rest = letters.slice(index + 1);
    const flags = letters.slice(0, index);
    if (table.valued?.includes(letter)) {
      const option = `-${letter}`;
      if (table.neverGlued && !/^\d*$/.test(rest)) return undefined;
      return rest === '' ? { option, flags, wantsNext: true } : { option, flags, value: rest };
    }
    if (table.optional?.includes(letter)) return { option: `-${letter}`, flags, value: rest };
    if (!table.flags?.includes(letter)) return undefined;
  }
  return { option: arg, value: '' };
}
