import assert from 'node:assert/strict';
import { seccompFilter } from '../../../../src/adapters/sandbox/seccompFilter';
import { syscallsOf, type SyscallTable } from '../../../../src/adapters/sandbox/syscallNumbers';

const allow = 0x7fff0000;
const deny = 0x00050001;
const notThere = 0x00050026;
const kill = 0x80000000;

interface Call {
  readonly number: number;
  readonly args?: readonly number[];
  readonly architecture?: number;
}

/** What the kernel would answer, by the rules of classic BPF for the instructions we use. */
function verdict(filter: Buffer, table: SyscallTable, call: Call): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(call.number, 0);
  data.writeUInt32LE(call.architecture ?? table.architecture, 4);
  call.args?.forEach((value, index) => data.writeUInt32LE(value >>> 0, 16 + 8 * index));
  let accumulator = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const code = filter.readUInt16LE(at);
    const operand = filter.readUInt32LE(at + 4);
    const jump = (taken: boolean) => (at += 8 * filter.readUInt8(at + (taken ? 2 : 3)));
    if (code === 0x20) accumulator = data.readUInt32LE(operand);
    else if (code === 0x54) accumulator = (accumulator & operand) >>> 0;
    else if (code === 0x15) jump(accumulator === operand);
    else if (code === 0x35) jump(accumulator >= operand);
    else if (code === 0x45) jump((accumulator & operand) !== 0);
    else if (code === 0x06) return operand;
    else assert.fail(`unknown instruction ${code}`);
  }
  return assert.fail('the filter ends without an answer');
}

for (const name of ['x64', 'arm64'] as const) {
  describe(`the filter of system calls for ${name}`, () => {
    const table = syscallsOf(name);
    assert.ok(table);
    const filter = seccompFilter(table);
    const ask = (number: number, ...args: number[]) => verdict(filter, table, { number, args });

    it('fits into what the kernel takes', () => {
      assert.equal(filter.length % 8, 0);
      assert.ok(filter.length / 8 <= 4096);
    });

    it('E06 opens sockets of the own network only', () => {
      for (const domain of [2, 10, 16]) assert.equal(ask(table.socket, domain), allow);
      for (const domain of [0, 1, 3, 4, 9, 17, 29, 31, 38, 40, 44]) {
        assert.equal(ask(table.socket, domain), deny, `domain ${domain}`);
      }
    });

    it('E06 makes pairs of sockets, but none that can be sent elsewhere', () => {
      assert.equal(ask(table.socketpair, 1, 1), allow);
      assert.equal(ask(table.socketpair, 1, 5), allow);
      assert.equal(ask(table.socketpair, 1, 1 | 0o2000000), allow);
      for (const type of [0, 2, 3, 4, 6, 10]) assert.equal(ask(table.socketpair, 1, type), deny);
      assert.equal(ask(table.socketpair, 1, 2 | 0o2000000 | 0o4000), deny);
    });

    it('E07 types into no terminal', () => {
      for (const call of [0x5412, 0x541c, 0x5423]) assert.equal(ask(table.ioctl, 0, call), deny);
      for (const call of [0x5401, 0x5413, 0x5414]) assert.equal(ask(table.ioctl, 0, call), allow);
    });

    it('E08 denies every call that reaches other programs, the kernel or the mounts', () => {
      for (const number of table.denied) assert.equal(ask(number), deny, `call ${number}`);
    });

    it('E01 makes no namespace, by clone or by a call whose flags cannot be seen', () => {
      for (const flag of [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000]) {
        assert.equal(ask(table.clone, flag | 17), deny, flag.toString(16));
      }
      assert.equal(ask(table.clone, 0x40000000), deny);
      assert.equal(ask(table.clone, 0x3d0f00), allow, 'threads');
      assert.equal(ask(435), notThere, 'C libraries fall back to clone');
    });

    it('E08 kills what calls by another numbering', () => {
      const others = [0x40000003, 0x40000028, 0xc000003e, 0xc00000b7];
      for (const architecture of others.filter((other) => other !== table.architecture)) {
        assert.equal(verdict(filter, table, { number: 1, architecture }), kill);
      }
    });

    it('lets pass what programs do all day', () => {
      for (const number of [0, 1, 3, 9, 60, 200, 220, 231, 257, 281]) {
        if (number === table.clone || table.denied.includes(number)) continue;
        assert.equal(ask(number), allow, `call ${number}`);
      }
    });
  });
}

describe('the filter of system calls', () => {
  it('E08 refuses the x32 numbering on x64', () => {
    const table = syscallsOf('x64');
    assert.ok(table);
    const filter = seccompFilter(table);
    for (const number of [0x40000000, 0x40000029, 0xffffffff]) {
      assert.equal(verdict(filter, table, { number }), deny);
    }
  });

  it('is not made for processors it does not know', () => {
    for (const name of ['ia32', 'arm', 'riscv64', 'toString']) {
      assert.equal(syscallsOf(name), undefined, name);
    }
  });
});
