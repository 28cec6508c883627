import { baseName } from '../base/paths';

/** Programs that run what they are told in text of their own, by what they are. */
const shells = new Set(
  'sh bash dash zsh ksh mksh ash fish csh tcsh rbash pwsh powershell cmd busybox toybox'.split(' '),
);
const interpreters = new Set(
  (
    'node nodejs deno bun tsx ts-node python pypy ipython perl ruby irb php lua luajit tclsh wish expect awk gawk mawk ' +
    'nawk sed gsed jshell groovy scala kotlin swift ghci runghc erl iex elixir clojure R Rscript julia octave gdb lldb ' +
    'sqlite3 psql mysql mongosh redis-cli osascript make gmake cmake ninja docker podman kubectl tmux screen'
  ).split(' '),
);
/** Programs that start the program named in their arguments. */
const wrappers = new Set(
  (
    'env sudo doas su command builtin exec eval nohup setsid nice ionice chrt taskset timeout time stdbuf unbuffer ' +
    'script xargs parallel watch entr find fd ssh rsync scp chroot unshare nsenter bwrap firejail flatpak strace ltrace ' +
    'valgrind perf setpriv runuser flock trap source . caffeinate arch npx pnpx bunx uvx pipx dlx coproc'
  ).split(' '),
);

/** True for shells, also under a path or with a version in their name. */
export function isShell(program: string): boolean {
  return shells.has(plainName(program));
}

export function isWrapper(program: string): boolean {
  return wrappers.has(plainName(program));
}

/** True for programs that do whatever their input or arguments say, so that allowing one allows everything. */
export function runsAnything(program: string): boolean {
  const name = plainName(program);
  return shells.has(name) || interpreters.has(name) || wrappers.has(name);
}

/** `/usr/bin/python3.12` is `python`. */
function plainName(program: string): string {
  const name = baseName(program).replace(/\.(exe|cmd|bat)$/i, '');
  return name.replace(/[\d.]+$/, '') || name;
}
