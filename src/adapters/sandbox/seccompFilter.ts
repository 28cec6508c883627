import { clone3, type SyscallTable } from './syscallNumbers';

/*
 * Assembles the kernel's filter (classic BPF over `struct seccomp_data`: nr at 0, arch at 4, six arguments of eight
 * bytes from 16) without a compiler: a list of instructions of eight bytes each. Both processors are little-endian.
 */

const loadWord = 0x20; // BPF_LD | BPF_W | BPF_ABS
const and = 0x54; // BPF_ALU | BPF_AND | BPF_K
const jumpEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const jumpAtLeast = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const jumpAnyBit = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const answer = 0x06; // BPF_RET | BPF_K

const allow = 0x7fff0000;
const killProcess = 0x80000000;
const failWith = (errno: number) => 0x00050000 | errno;
const EPERM = 1;
const ENOSYS = 38;

const numberAt = 0;
const architectureAt = 4;
const argumentAt = (index: number) => 16 + 8 * index;

/** Only these can be opened: AF_INET, AF_INET6 and AF_NETLINK, all of the command's own network namespace. */
const openDomains = [2, 10, 16];
/**
 * SOCK_STREAM and SOCK_SEQPACKET, whose pairs stay pairs. Each half of a pair of datagram sockets can send to any socket
 * of the machine, and the kernel makes one of SOCK_RAW too.
 */
const pairedTypes = [1, 5];
const socketTypeMask = 0xf;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const namespaceFlags = 0x7e020000;
/** TIOCSTI types into the person's terminal, TIOCLINUX pastes into a console, TIOCSETD loads line disciplines. */
const deniedTerminalCalls = [0x5412, 0x541c, 0x5423];

type Instruction = readonly [code: number, jumpTrue: number, jumpFalse: number, operand: number];

/**
 * The filter of a confined command, as bubblewrap reads it. A call of another processor's numbering kills the program;
 * all else that is denied fails with EPERM, and clone3, whose flags cannot be seen, with ENOSYS, so that C libraries
 * fall back to clone.
 */
export function seccompFilter(table: SyscallTable): Buffer {
  const deny: Instruction = [answer, 0, 0, failWith(EPERM)];
  const permit: Instruction = [answer, 0, 0, allow];
  const instructions: Instruction[] = [
    [loadWord, 0, 0, architectureAt],
    [jumpEqual, 1, 0, table.architecture],
    [answer, 0, 0, killProcess],
    [loadWord, 0, 0, numberAt],
  ];
  if (table.x32From !== undefined) {
    instructions.push([jumpAtLeast, 0, 1, table.x32From], deny);
  }
  for (const call of table.denied) instructions.push([jumpEqual, 0, 1, call], deny);
  instructions.push([jumpEqual, 0, 1, clone3], [answer, 0, 0, failWith(ENOSYS)]);
  const block = (call: number, body: readonly Instruction[]) =>
    instructions.push([jumpEqual, 0, body.length, call], ...body);
  block(table.socket, [
    [loadWord, 0, 0, argumentAt(0)],
    ...openDomains.flatMap((domain): Instruction[] => [[jumpEqual, 0, 1, domain], permit]),
    deny,
  ]);
  block(table.socketpair, [
    [loadWord, 0, 0, argumentAt(1)],
    [and, 0, 0, socketTypeMask],
    ...pairedTypes.flatMap((type): Instruction[] => [[jumpEqual, 0, 1, type], permit]),
    deny,
  ]);
  block(table.clone, [
    [loadWord, 0, 0, argumentAt(0)],
    [jumpAnyBit, 0, 1, namespaceFlags],
    deny,
    permit,
  ]);
  block(table.ioctl, [
    [loadWord, 0, 0, argumentAt(1)],
    ...deniedTerminalCalls.flatMap((call): Instruction[] => [[jumpEqual, 0, 1, call], deny]),
    permit,
  ]);
  instructions.push(permit);
  return encode(instructions);
}

/** `struct sock_filter`: code (16 bits), jt, jf (8 bits each), k (32 bits). */
function encode(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8);
  instructions.forEach(([code, jumpTrue, jumpFalse, operand], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jumpTrue, index * 8 + 2);
    bytes.writeUInt8(jumpFalse, index * 8 + 3);
    bytes.writeUInt32LE(operand >>> 0, index * 8 + 4);
  });
  return bytes;
}
