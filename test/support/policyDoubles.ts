import type { Machine } from '../../src/ports/machine';
import type { ShellParser } from '../../src/ports/shellParser';
import { Grants } from '../../src/policy/grants';
import type { PolicySituation } from '../../src/policy/decide';
import { plainCommands } from '../../src/policy/plainCommands';

/** A second parser that agrees with the first. */
export const agreeingParser: ShellParser = {
  unavailable: undefined,
  load: async () => {},
  parse(line) {
    const read = plainCommands(line);
    return read.kind === 'plain' ? read.commands.map(({ words }) => words) : undefined;
  },
};

/** A machine without links, where every program lies in `/usr/bin`. */
export function fakeMachine(changes: Partial<Machine> = {}): Machine {
  return {
    load: async () => {},
    unreadable: undefined,
    findProgram: (name) => ({ path: `/usr/bin/${name}`, realPath: `/usr/bin/${name}` }),
    realPath: (path) => path,
    isFile: () => true,
    fingerprint: () => 'absent',
    repositoryPrograms: () => undefined,
    foreignRepository: () => undefined,
    mayTrack: () => false,
    ...changes,
  };
}

/** What decisions depend on, for a thread in `/projects/app` on a machine without a sandbox. */
export function sampleSituation(changes: Partial<PolicySituation> = {}): PolicySituation {
  return {
    mode: 'agent',
    approvalPolicy: 'on-request',
    sandboxMode: 'workspace-write',
    sandboxUnavailable: () => 'not built yet',
    grants: new Grants(),
    root: '/projects/app',
    shellParser: agreeingParser,
    machine: fakeMachine(),
    editedPaths: new Set(),
    outsideContent: undefined,
    ...changes,
  };
}
