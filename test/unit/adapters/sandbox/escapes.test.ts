import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { syscallsOf } from '../../../../src/adapters/sandbox/syscallNumbers';
import { callers, needsSandbox, runAs } from '../../../support/sandboxed';
import { makeTempFolder } from '../../../support/tempFolder';

/*
 * Attacks from inside, each as root (where this process is root) and as an ordinary user. Every line of a script tries
 * one thing and says `LET <what>` where it worked; nothing may have.
 */

const attempt = (what: string, command: string) =>
  `( ${command} ) </dev/null >/dev/null 2>&1 && echo 'LET ${what}'`;

/** Writes what is there anyway, so that a sandbox that lets it through harms nobody. */
const rewrite = (file: string) => `v=$(cat ${file}) && echo "$v" >${file}`;

const attacks: readonly {
  readonly title: string;
  readonly lines: readonly (readonly [what: string, command: string])[];
  readonly files?: Readonly<Record<string, string>>;
  readonly homeFiles?: Readonly<Record<string, string>>;
}[] = [
  {
    title: 'E01 gets no rights back by mounts, namespaces or capabilities',
    lines: [
      ['remount', 'mount -o remount,rw,bind / && touch /usr/tandem-was-here'],
      ['bind', 'mount --bind /usr .'],
      ['umount', 'umount .git'],
      ['umount lazily', 'umount -l /tmp'],
      ['tmpfs', 'mount -t tmpfs none /mnt'],
      ['user namespace', 'unshare -U true'],
      ['user namespace as root', 'unshare -Ur mount -t tmpfs none /mnt'],
      ['mount namespace', 'unshare -m true'],
      ['network of others', 'nsenter -t 1 -n true'],
      ['chroot', 'chroot / true'],
      ['nested sandbox', 'bwrap --bind / / true'],
      ['write to /usr', 'touch /usr/tandem-was-here'],
      ['write to /etc', 'touch /etc/tandem-was-here'],
      ['write to /var/tmp', 'touch /var/tmp/tandem-was-here'],
      ['write to the home', 'touch ~/tandem-was-here'],
      ['change the mode of /', 'chmod "$(stat -c %a /)" /'],
      ['times', 'touch -d yesterday /usr'],
      ['core pattern', rewrite('/proc/sys/kernel/core_pattern')],
      ['module loader', rewrite('/proc/sys/kernel/modprobe')],
      ['memory policy', rewrite('/proc/sys/vm/overcommit_memory')],
      ['interrupts', rewrite('/proc/irq/default_smp_affinity')],
      ['limits of files', rewrite('/proc/sys/fs/file-max')],
      ['sysrq', 'echo h >/proc/sysrq-trigger'],
      ['uevent helper', rewrite('/sys/kernel/uevent_helper')],
      ['cgroup', 'mkdir /sys/fs/cgroup/tandem'],
      ['release agent', rewrite('/sys/fs/cgroup/pids/release_agent')],
      ['device', 'mknod /tmp/disk b 8 0 && head -c1 /tmp/disk'],
      ['disk', 'head -c1 /dev/vda || head -c1 /dev/sda'],
      ['memory', 'head -c1 /dev/mem || head -c1 /dev/kmsg'],
      ['set-user-id shell', 'cp /bin/sh s && chmod u+s s && chown 0:0 s && ./s -pc "touch /usr/x"'],
      ['hostname', 'hostname tandem && [ "$(cat /proc/sys/kernel/hostname)" != tandem ]'],
    ],
    files: { '.git/config': '' },
  },
  {
    title: 'E05 reaches no host, by no protocol',
    lines: [
      ['TCP', ': <>/dev/tcp/1.1.1.1/80'],
      ['UDP', 'echo x >/dev/udp/1.1.1.1/53'],
      ['IPv6', ': <>/dev/tcp/2606:4700:4700::1111/80'],
      ['metadata', ': <>/dev/tcp/169.254.169.254/80'],
      ['lookup', 'getent hosts example.com'],
      ['curl', "curl -m 2 --noproxy '*' http://1.1.1.1"],
      ['ping', 'ping -c1 -W1 1.1.1.1'],
      ['raw socket', "perl -MSocket -e 'socket(S, PF_INET, SOCK_RAW, 1) or exit 1'"],
      ['packet socket', "perl -e 'socket(S, 17, 3, 0) or exit 1'"],
      ['new interface', 'ip link add dummy0 type dummy'],
      ['route', 'ip route add default dev lo'],
    ],
  },
  {
    title: 'E10 gets round no protected name',
    lines: [
      ['rename .git', 'mv .git git2'],
      ['remove .git', 'rm -rf .git; [ ! -e .git/config ]'],
      ['write the config', 'echo x >>.git/config'],
      ['by /proc/self/root', 'echo x >>"/proc/self/root$PWD/.git/config"'],
      ['by /proc/1/root', 'echo x >>"/proc/1/root$PWD/.git/config"'],
      ['by /proc/self/cwd', 'echo x >>/proc/self/cwd/.git/config'],
      ['by a hard link', 'ln .git/config c && echo x >>c'],
      ['by a link', 'ln -s .git g && echo x >>g/config'],
      ['put a folder over it', 'mkdir n && mv -T n .git'],
      ['exchange', "perl -e 'mkdir q(n2); exit(syscall(316, -100, q(n2), -100, q(.git), 2) != 0)'"],
      ['rename the workspace', 'mv "$PWD" "$PWD-2"'],
      ['remove the workspace', 'rmdir "$PWD"'],
      ['other case', 'echo x >>.GIT/config'],
      ['settings', 'echo x >.vscode/settings.json'],
      ['rename settings', 'mv .vscode v'],
    ],
    files: { '.git/config': '[core]\n', '.vscode/settings.json': '{}' },
  },
  {
    title: 'B13 makes no name that the editor obeys as soon as it exists',
    lines: [
      ['.vscode', 'mkdir .vscode && echo {} >.vscode/tasks.json'],
      ['into .vscode', 'echo {} >.vscode/tasks.json'],
      ['link', 'ln -sfT /tmp .vscode'],
      ['file', 'rmdir .vscode; echo x >.vscode'],
      ['.git', 'git init'],
      ['.git by hand', 'mkdir -p .git/hooks && touch .git/HEAD'],
      ['.git as a file', 'rmdir .git; echo "gitdir: /tmp/x" >.git'],
      ['.idea', 'mkdir -p .idea && touch .idea/workspace.xml'],
      ['by renaming', 'mkdir v && touch v/tasks.json && mv -T v .vscode'],
    ],
  },
  {
    title: 'B14 changes nothing that git runs',
    lines: [
      ['a hook', 'echo x >.git/hooks/post-checkout'],
      ['the config', 'git config core.fsmonitor ./x'],
      ['hooks elsewhere', 'echo x >githooks/pre-commit'],
      ['rename hooks elsewhere', 'mv githooks g'],
      ['a submodule', 'echo "gitdir: ../evil" >module/.git'],
      ['included settings', 'echo x >>.gitconfig'],
      ['settings that those include', 'echo x >>tools/more.config'],
      ['included settings by another', 'mv n .gitconfig'],
      ['a nested repository', 'echo x >vendor/lib/.git/config'],
      ['the index', 'git add .'],
      ['.gitmodules of git', 'rm -rf .git/modules'],
    ],
    files: {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/config': '[core]\n\thooksPath = githooks\n[include]\n\tpath = ../.gitconfig\n',
      '.gitconfig': '[includeIf "onbranch:x"]\n\tpath = tools/more.config\n',
      'tools/more.config': '',
      n: '',
      '.git/hooks/keep': '',
      '.git/modules/module/config': '',
      'githooks/pre-commit': '',
      'module/.git': 'gitdir: ../.git/modules/module\n',
      'vendor/lib/.git/config': '',
    },
  },
  {
    title: 'B10 changes no file that editors and shells act on',
    lines: [
      ['.envrc', 'echo x >>.envrc'],
      ['.mcp.json', 'echo x >.mcp.json'],
      ['workspace file', 'echo x >a.code-workspace'],
      ['devcontainer', 'rm .devcontainer/devcontainer.json'],
      ['.idea', 'touch .idea/x'],
      ['.husky', 'echo x >.husky/pre-commit'],
      ['ignore file', 'echo "!.env" >.tandemignore'],
      ['replace it', 'echo x >n && mv n .envrc'],
      ['settings of another agent', 'echo {} >.claude/settings.json'],
      ['hooks by a list', 'echo x >>.pre-commit-config.yaml'],
      ['a package manager', 'echo "yarnPath: ./x" >.yarnrc.yml'],
    ],
    files: {
      ...{ '.claude/settings.json': '{}', '.pre-commit-config.yaml': '', '.yarnrc.yml': '' },
      ...{ '.envrc': '', '.mcp.json': '{}', 'a.code-workspace': '{}', '.tandemignore': '.env\n' },
      ...{ '.devcontainer/devcontainer.json': '{}', '.idea/a': '', '.husky/pre-commit': '' },
    },
  },
  {
    title: 'D15 reads no key and no other process',
    lines: [
      ['ssh key', 'grep CANARY ~/.ssh/id_ed25519'],
      ['aws', 'grep -r CANARY ~/.aws'],
      ['netrc', 'grep CANARY ~/.netrc'],
      ['npm token', 'grep CANARY ~/.npmrc'],
      ['git credentials', 'grep CANARY ~/.git-credentials'],
      ['history', 'grep CANARY ~/.bash_history'],
      ['anything of the home', 'grep -r CANARY ~'],
      ['by /proc/1/root', 'grep CANARY /proc/1/root"$HOME"/.ssh/id_ed25519'],
      [
        'environment of others',
        'cat /proc/[0-9]*/environ | tr "\\0" "\\n" | grep -q ^npm_lifecycle',
      ],
      ['processes outside', '[ "$(ls -d /proc/[0-9]* | wc -l)" -gt 12 ]'],
      ['own folder of Tandem', 'ls -A "$TANDEM_STATE" | grep .'],
      ['shadow', 'grep root /etc/shadow'],
      ['signal', 'kill -0 "$TANDEM_HOST"'],
    ],
    homeFiles: {
      ...{ '.ssh/id_ed25519': 'CANARY', '.aws/credentials': 'CANARY', '.netrc': 'CANARY' },
      '.npmrc':
        'registry=https://registry.example.org/\n//registry.example.org/:_authToken=CANARY\n',
      ...{ '.git-credentials': 'https://u:CANARY@h', '.bash_history': 'CANARY' },
      '.config/gh/hosts.yml': 'CANARY',
    },
  },
];

describe('attacks from inside the sandbox', function () {
  this.timeout(60_000);
  needsSandbox();

  for (const caller of callers) {
    for (const { title, lines, files = {}, homeFiles = {} } of attacks) {
      it(`${title}, as ${caller}`, async () => {
        const script = [...lines.map(([what, command]) => attempt(what, command)), 'echo END'];
        const outcome = await runAs(caller, script.join('\n'), { files, homeFiles });
        assert.equal(outcome.text, 'END');
      });
    }

    it(`E07 types nothing into the terminal, as ${caller}`, async () => {
      const script = [0x5412, 0x541c]
        .map((call) => `ioctl(STDIN, ${call}, $b) and print "LET "; print "$!\\n";`)
        .join(' ');
      const { text } = await runAs(caller, `perl -e '$b = "x"; ${script}'`);
      assert.equal(text, 'Operation not permitted\nOperation not permitted');
    });

    it(`E08 makes no call that reaches the kernel or other programs, as ${caller}`, async function () {
      const table = syscallsOf(process.arch);
      if (!table) return this.skip();
      const buffer = '$b';
      const calls = [
        ...table.denied.map((call) => `syscall(${call}, 0, ${buffer}, 0, 0)`),
        ...[1, 17, 38, 40].map((domain) => `syscall(${table.socket}, ${domain}, 1, 0)`),
        ...[2, 3, 10].map((type) => `syscall(${table.socketpair}, 1, ${type}, 0, ${buffer})`),
        `syscall(${table.clone}, 0x10000011, 0, 0, 0, 0)`,
      ];
      const script = calls.map((call) => `$r = ${call}; print "$r ", $! + 0, "\\n";`).join(' ');
      const { text } = await runAs(caller, `perl -e '$b = "\\0" x 120; ${script}'`);
      assert.deepEqual(
        text.split('\n'),
        calls.map(() => '-1 1'),
      );
    });

    it(`E06 connects to no socket of another program, as ${caller}`, async () => {
      const folder = makeTempFolder();
      const places = [join(folder.path, 'agent.sock'), '\0tandem-test-abstract'];
      const servers = await Promise.all(
        places.map(
          (path) =>
            new Promise<ReturnType<typeof createServer>>((resolve) => {
              const server = createServer((socket) => socket.end('reached'));
              server.listen({ path }, () => resolve(server));
            }),
        ),
      );
      chmodSync(folder.path, 0o777);
      chmodSync(places[0] ?? '', 0o777);
      try {
        const script = `for (const path of ${JSON.stringify(places)}) {
          const socket = require('net').connect({ path });
          socket.on('data', (data) => console.log('LET', String(data)));
          socket.on('error', (error) => console.log(error.code));
        }`;
        const { text } = await runAs(caller, `node -e ${quoted(script)}`);
        assert.equal(text, 'EPERM\nEPERM');
      } finally {
        for (const server of servers) server.close();
        folder.remove();
      }
    });

    it(`D15 has nothing in its environment that leads out, as ${caller}`, async () => {
      const { text } = await runAs(caller, 'env; cat /proc/self/environ /proc/1/environ');
      assert.doesNotMatch(
        text,
        /SOCK|DISPLAY|DBUS|SSH_|XDG_RUNTIME|VSCODE|npm_lifecycle|API_KEY|TOKEN/,
      );
      assert.match(text, /^TMPDIR=\/tmp$/m);
    });

    it(`writes nothing at all in mode read-only but in the temporary folder, as ${caller}`, async () => {
      const script = [
        attempt('the workspace', 'touch a'),
        attempt('a file that is there', 'echo x >there'),
        attempt('the home', 'touch ~/a'),
        'echo x >"$TMPDIR/a" && cat "$TMPDIR/a" there',
      ].join('\n');
      const outcome = await runAs(caller, script, { mode: 'read-only', files: { there: 'y' } });
      assert.equal(outcome.text, 'x\ny');
    });
  }
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
