/**
 * Programs inside the workspace that editors, terminals and tools outside of the sandbox start by their name: those of
 * Python environments and of installed packages.
 */
export interface TrustedPrograms {
  /**
   * Paths, relative to the workspace, of the programs that became others since the last call; none at the first one, and
   * new ones never are: nobody trusts them yet. Never rejects.
   */
  replaced(): Promise<readonly string[]>;
}
