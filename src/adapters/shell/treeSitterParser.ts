import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Node, Parser } from 'web-tree-sitter';
import type { ShellParser } from '../../ports/shellParser';
import { argumentLists } from './argumentLists';
import { unoptimised } from './unoptimised';

export interface TreeSitterParserOptions {
  /** Where a wasm file of a package lies; absolute. */
  readonly findWasm?: (packageName: string, file: string) => string;
}

/** tree-sitter's grammar of bash. It loads its 1.5 MB once, the first time it is asked to. */
export function createTreeSitterParser(options: TreeSitterParserOptions = {}): ShellParser {
  const findWasm = options.findWasm ?? findShippedWasm;
  let parser: Parser | undefined;
  let failure: string | undefined;
  let loading: Promise<void> | undefined;
  return {
    load: () =>
      (loading ??= unoptimised(() => loadParser(findWasm)).then(
        (loaded) => void (parser = loaded),
        (error: unknown) => void (failure = String(error)),
      )),
    get unavailable() {
      if (parser) return undefined;
      return failure === undefined
        ? l10n.t('it is not loaded')
        : l10n.t('it cannot be loaded ({0})', failure);
    },
    parse(line) {
      const tree = parser?.parse(line);
      if (!tree) return undefined;
      try {
        return argumentLists(tree.rootNode satisfies Node);
      } finally {
        tree.delete();
      }
    },
  };
}

/** Lines that use most of the grammar. */
const firstLines = [
  `cd a && ls -la 'b c' "d e" | head -n 5 || true; pwd 2>&1 >/dev/null\ngit log`,
  'a=1 b $c "${d:-e}" $(f `g`) $((1 + 2)) <(h) *.{i,j} > k <<< l &',
  'if a; then b; fi; for c in d; do e; done; f() { g; }; case h in i) ;; esac; [[ -n j ]]',
  "cat <<E\n$a\nE\necho 'open",
];

async function loadParser(findWasm: (name: string, file: string) => string): Promise<Parser> {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init({ locateFile: () => findWasm('web-tree-sitter', 'web-tree-sitter.wasm') });
  const bash = await Language.load(findWasm('tree-sitter-bash', 'tree-sitter-bash.wasm'));
  const parser = new Parser();
  parser.setLanguage(bash);
  // What a function is compiled to is settled when it first runs.
  for (const line of firstLines) parser.parse(line)?.delete();
  return parser;
}

/** Beside the bundle where it is shipped, in its package where it is not. */
function findShippedWasm(packageName: string, file: string): string {
  const shipped = join(__dirname, file);
  if (existsSync(shipped)) return shipped;
  return createRequire(__filename).resolve(`${packageName}/${file}`);
}
