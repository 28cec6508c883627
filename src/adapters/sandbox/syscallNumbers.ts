/** The numbers of one processor's system calls that the filter looks at, and how the kernel names that processor. */
export interface SyscallTable {
  /** `AUDIT_ARCH_*` of the kernel's `linux/audit.h`. */
  readonly architecture: number;
  /** Calls of the x32 variant begin here; only x86 has one. */
  readonly x32From?: number;
  readonly ioctl: number;
  readonly socket: number;
  readonly socketpair: number;
  readonly clone: number;
  /** Calls that no build or test needs and that reach other programs, the kernel or the mounts. */
  readonly denied: readonly number[];
}

/** The same on every processor: calls younger than the common numbering. */
export const clone3 = 435;

/** io_uring (three), the mount calls of the new style, pidfd_getfd, process_madvise, mount_setattr, open_tree_attr. */
const deniedEverywhere = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 440, 442, 467];

const x64: SyscallTable = {
  architecture: 0xc000003e,
  x32From: 0x40000000,
  ioctl: 16,
  socket: 41,
  socketpair: 53,
  clone: 56,
  denied: [
    ...[101, 310, 311, 312], // ptrace, process_vm_readv, process_vm_writev, kcmp
    ...[165, 166, 155, 161], // mount, umount2, pivot_root, chroot
    ...[272, 308], // unshare, setns
    ...[248, 249, 250], // add_key, request_key, keyctl
    ...[321, 298, 323, 304], // bpf, perf_event_open, userfaultfd, open_by_handle_at
    ...[163, 167, 168, 169, 179], // acct, swapon, swapoff, reboot, quotactl
    ...[175, 313, 176, 246, 320], // init_module, finit_module, delete_module, kexec_load, kexec_file_load
    ...deniedEverywhere,
  ],
};

const arm64: SyscallTable = {
  architecture: 0xc00000b7,
  ioctl: 29,
  socket: 198,
  socketpair: 199,
  clone: 220,
  denied: [
    ...[117, 270, 271, 272], // ptrace, process_vm_readv, process_vm_writev, kcmp
    ...[40, 39, 41, 51], // mount, umount2, pivot_root, chroot
    ...[97, 268], // unshare, setns
    ...[217, 218, 219], // add_key, request_key, keyctl
    ...[280, 241, 282, 265], // bpf, perf_event_open, userfaultfd, open_by_handle_at
    ...[89, 224, 225, 142, 60], // acct, swapon, swapoff, reboot, quotactl
    ...[105, 273, 106, 104, 294], // init_module, finit_module, delete_module, kexec_load, kexec_file_load
    ...deniedEverywhere,
  ],
};

/** The table of a processor as Node names it (`process.arch`); undefined where none is known. */
export function syscallsOf(arch: string): SyscallTable | undefined {
  if (arch === 'x64') return x64;
  return arch === 'arm64' ? arm64 : undefined;
}
