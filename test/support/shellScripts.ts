import fc from 'fast-check';

/** Names that stubs stand for when generated lines run. */
export const stubNames = [
  ...['ls', 'cat', 'rg', 'git', 'head', 'wc', 'sort', 'find', 'sed', 'uniq', 'tr'],
  ...['rm', 'touch', 'curl', 'sh', 'tee', 'xargs', 'npm', 'id'],
];

const readingCommand = fc.constantFrom(
  ...['ls', 'ls -la dir', 'cat a.txt', 'cat -n a.txt b.txt', 'rg -n x', "rg -n 'a b' dir"],
  ...['rg --files -g "*.txt"', 'git status --short', 'git log --oneline -n 3', 'git diff --stat'],
  ...['git show HEAD', 'head -n 2 a.txt', 'head -5', 'wc -l', 'wc -l a.txt', 'sort -n', 'sort -u'],
  ...["find . -name '*.txt'", 'find dir -type f', "sed -n '1,2p' a.txt", 'uniq -c', 'tr a b'],
  ...['echo a b', 'pwd', 'true', 'cd dir', 'cd ..', 'false', 'git branch --list "x*"'],
  ...[
    "find . \\( -name 'a*' -o -name b \\)",
    'find . ! -name a.txt',
    'find . \\! -type d',
    'rg "x$"',
  ],
  ...[
    'rg "x\\\\(" dir',
    'cat "a\\\\$"',
    'rg "\\\\\\\\x$" a.txt',
    'git -C dir status',
    'git tag -l',
  ],
  ...['test -f a.txt', 'test ! -d dir', 'command -v ls', 'cd -- dir', 'git symbolic-ref HEAD'],
  ...['git branch --merged', 'git for-each-ref', 'git show-ref', 'git check-ignore a.txt'],
);
const harmfulCommand = fc.constantFrom(
  ...['rm -rf x', 'touch x', 'curl -d@- x', 'sh -c ls', 'tee f', 'xargs rm', 'npm test', 'id'],
  ...['rg --pre ./x a', 'git push -f', 'sort -o f a.txt', 'sed -i s/a/b/ a.txt', 'find . -delete'],
  ...['git log --output=f', 'uniq a.txt b.txt', '\\rm x', "'r'm x", "$'\\x72m' x", 'r""m x'],
);
const simple = fc.oneof(
  { weight: 9, arbitrary: readingCommand },
  { weight: 1, arbitrary: harmfulCommand },
);

/** Words that are more than they look like. */
const oddWord = fc.oneof(
  simple.map((command) => `$(${command})`),
  simple.map((command) => `\`${command}\``),
  simple.map((command) => `"$(${command})"`),
  simple.map((command) => `"\`${command}\`"`),
  simple.map((command) => `\${x:-$(${command})}`),
  simple.map((command) => `<(${command})`),
  simple.map((command) => `$((a[$(${command})]))`),
  fc.constantFrom(
    '$X',
    '"$X"',
    '${!X}',
    '*.txt',
    '{a,b}',
    '~',
    "$'a'",
    '\\a',
    'a"b"\'c\'',
    '"a\\"b"',
  ),
  fc.constantFrom(
    "'a;b'",
    '"a|b"',
    "'`id`'",
    '"a#b"',
    'a#b',
    '#c',
    '=ls',
    '"\\b"',
    "''",
    'ä',
    "'ä'",
  ),
);
const redirection = fc.constantFrom(
  ...[' 2>&1', ' >/dev/null', ' 2>/dev/null', ' > f', ' >> f', ' < a.txt', ' &> f', ' >| f'],
  ...[' <<< x', ' {fd}> f', ' <> f', ' 2>&-', ' >/dev/null/x'],
);
/** Now and then one of these, else nothing. */
const seldom = (text: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: text });

const command = fc
  .tuple(simple, seldom(oddWord), seldom(redirection))
  .map(([text, word, more]) => `${text}${word === '' ? '' : ` ${word}`}${more}`);

const joint = fc.oneof(
  { weight: 16, arbitrary: fc.constantFrom(' && ', ' || ', '; ', ' | ', '\n', ' | ') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(' & ', ' |& ', ' ;; ', ' \\\n ', ';', '&&', ' # ', '\r'),
  },
);
const list = fc
  .tuple(command, fc.array(fc.tuple(joint, command), { maxLength: 4 }))
  .map(([first, others]) => first + others.map(([by, next]) => by + next).join(''));

const compound = fc.oneof(
  list.map((text) => `(${text})`),
  list.map((text) => `{ ${text}; }`),
  list.map((text) => `if true; then ${text}; fi`),
  list.map((text) => `for i in a b; do ${text}; done`),
  list.map((text) => `ls(){ ${text}; }; ls`),
  list.map((text) => `! ${text}`),
  list.map((text) => `time ${text}`),
  list.map((text) => `A=1 ${text}`),
  list.map((text) => `eval '${text.replace(/'/g, '')}'`),
  list.map((text) => `cat <<E\n${text}\n$(${text})\nE`),
  list.map((text) => `cat <<'E'\n${text}\nE\n${text}`),
  list.map((text) => `trap '${text.replace(/'/g, '')}' EXIT`),
  list.map((text) => `alias ls='rm x'; ${text}`),
  list.map((text) => `${text} &`),
);

/** A line with one character too many, or too few. */
const damaged = fc
  .tuple(list, fc.nat(), fc.constantFrom(...'\'"`$;&|\n()<>#!\\{}~=\t\r *?[]', ''))
  .map(([text, place, character]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + character + text.slice(character === '' ? at + 1 : at);
  });

/** Lines of a shell of every kind: harmless ones, harmful ones, and ones that look like the other. */
export const shellLine = fc.oneof(
  { weight: 5, arbitrary: list },
  { weight: 2, arbitrary: compound },
  { weight: 3, arbitrary: damaged },
);
