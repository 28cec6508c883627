import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { hidingFileName } from '../../ports/hiddenFiles';
import { hiddenNames } from './hiddenNames';

/** A `.tandemignore` that is larger is not one; what is beyond is not read. */
const maxCharacters = 256 * 1024;

interface HidingFile {
  /** Tells whether the file is another by now. */
  readonly stamp: string;
  readonly patterns: readonly string[];
  readonly matcher: Ignore;
}

/**
 * The names that hide a file: the usual ones, and those of the `.tandemignore` files on the way to it. Each of them can
 * only hide more; none takes back what another one hides.
 */
export class HidingRules {
  private usual: { readonly patterns: readonly string[]; readonly matcher: Ignore } | undefined;
  private readonly files = new Map<string, HidingFile>();

  /**
   * @param root absolute folder of the workspace.
   * @param personal the person's own patterns, which count after the usual ones.
   */
  constructor(
    private readonly root: string,
    private readonly personal: () => readonly string[],
  ) {}

  /** The patterns that count in every folder. */
  get everywhere(): readonly string[] {
    return this.readUsual().patterns;
  }

  /** @param path relative to the root, `/` between segments, at the end for a folder; absolute for what is not below it. */
  hide(path: string): boolean {
    const inside = path.replace(/^\/+/, '');
    if (inside === '' || inside === '/') return false;
    if (this.readUsual().matcher.ignores(inside)) return true;
    if (path.startsWith('/')) return false;
    const segments = inside.split('/');
    return segments.some((_, depth) => {
      const rest = segments.slice(depth).join('/');
      const folder = join(this.root, ...segments.slice(0, depth));
      return rest !== '' && (this.read(folder)?.matcher.ignores(rest) ?? false);
    });
  }

  /** The lines of the `.tandemignore` in a folder (absolute); none where there is none. */
  patternsIn(folder: string): readonly string[] {
    return this.read(folder)?.patterns ?? [];
  }

  private readUsual(): { readonly patterns: readonly string[]; readonly matcher: Ignore } {
    const patterns = [...hiddenNames, ...this.personal()];
    const known = this.usual;
    if (known?.patterns.length === patterns.length) {
      if (patterns.every((pattern, index) => pattern === known.patterns[index])) return known;
    }
    return (this.usual = { patterns, matcher: ignore().add([...patterns]) });
  }

  /** @throws Error for one that is there and cannot be read: nobody knows what it hides. */
  private read(folder: string): HidingFile | undefined {
    const path = join(folder, hidingFileName);
    const info = statSync(path, { throwIfNoEntry: false });
    if (!info?.isFile()) return undefined;
    const stamp = `${info.ino}:${info.size}:${info.mtimeMs}`;
    const known = this.files.get(folder);
    if (known?.stamp === stamp) return known;
    const text = readFileSync(path, 'utf8').slice(0, maxCharacters);
    const patterns = text.replace(/^\ufeff/, '').split(/\r?\n/);
    const file = { stamp, patterns, matcher: ignore().add([...patterns]) };
    this.files.set(folder, file);
    return file;
  }
}
