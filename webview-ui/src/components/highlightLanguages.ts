/** The languages that get colours, each with the endings of its files and the other words that fences use for it. */
const wordsOf = {
  javascript: 'javascript js mjs cjs jsx node',
  typescript: 'typescript ts mts cts tsx',
  json: 'json jsonc json5 jsonl geojson webmanifest',
  python: 'python py pyi pyw python3 py3',
  go: 'go golang',
  rust: 'rust rs',
  java: 'java',
  kotlin: 'kotlin kt kts',
  c: 'c',
  // Headers of C are read by the language that has all of its words.
  cpp: 'cpp c++ cc cxx h hpp hh hxx',
  csharp: 'csharp cs c# csx',
  ruby: 'ruby rb rake gemspec ru',
  php: 'php phtml',
  bash: 'bash sh shell zsh ksh console shellscript shell-session',
  yaml: 'yaml yml',
  markdown: 'markdown md mdx mkd',
  css: 'css scss less',
  xml: 'xml html htm xhtml svg xsd xsl xslt plist csproj vue svelte',
  sql: 'sql psql pgsql mysql sqlite',
  diff: 'diff patch',
  ini: 'ini toml cfg conf properties editorconfig',
  dockerfile: 'dockerfile docker containerfile',
} as const;

/** A language that gets colours. */
export type CodeLanguage = keyof typeof wordsOf;

const languages = Object.keys(wordsOf) as CodeLanguage[];

const byWord: ReadonlyMap<string, CodeLanguage> = new Map(
  languages.flatMap((language) => wordsOf[language].split(' ').map((word) => [word, language])),
);

/** Files whose name tells more than its ending. */
const byName: ReadonlyMap<string, CodeLanguage> = new Map([
  ...(['dockerfile', 'containerfile'] as const).map((name) => [name, 'dockerfile'] as const),
  ...['gemfile', 'rakefile', 'podfile', 'vagrantfile', 'brewfile'].map(
    (name) => [name, 'ruby'] as const,
  ),
  ...['.bashrc', '.bash_profile', '.profile', '.zshrc', '.zprofile', '.envrc', 'pkgbuild'].map(
    (name) => [name, 'bash'] as const,
  ),
  ...['.prettierrc', '.babelrc', '.eslintrc', 'composer.lock'].map(
    (name) => [name, 'json'] as const,
  ),
  ...['cargo.lock', 'poetry.lock', 'pipfile', '.npmrc', '.gitconfig', '.gitmodules'].map(
    (name) => [name, 'ini'] as const,
  ),
]);

/** The language of a file by its name, null where it is none of ours. */
export function languageOfPath(path: string): CodeLanguage | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const ending = /\.([^.]+)$/.exec(name)?.[1] ?? '';
  const stem = name.split('.', 1)[0] ?? '';
  const known = byName.get(name) ?? byWord.get(ending);
  // `Dockerfile.production` is one too.
  return known ?? (stem === 'dockerfile' ? 'dockerfile' : null);
}

/** The language that the words after a fence name: `ts`, `rust,no_run`, `{.python}`, or a file's path. */
export function languageOfFence(fence: string): CodeLanguage | null {
  const word = /[\w.#+/-]+/.exec(fence)?.[0].toLowerCase() ?? '';
  return byWord.get(word.replace(/^\./, '')) ?? languageOfPath(word);
}
