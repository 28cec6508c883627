import { errorMessage } from '../../base/errorMessage';
import type { NetworkAccess } from '../../ports/sandbox';
import { openNetworkStage, type NetworkStage, type NetworkStageOptions } from './networkStage';

export interface ConfinedNetworkOptions {
  /** What a stage is made with; a fresh folder each time. */
  readonly stageOptions: () => NetworkStageOptions;
  /** Tries a stage with a program that does nothing; answers why it does not work. */
  readonly tryOut: (stage: NetworkStage) => Promise<string | undefined>;
}

/**
 * Networks of confined commands, tried out before the first. Where none can be made, which some systems forbid, commands
 * run without one: that is safe, and is said.
 */
export class ConfinedNetwork {
  private problem: Promise<string | undefined> | undefined;

  constructor(private readonly options: ConfinedNetworkOptions) {}

  /** Undefined where the command is to have no network. Never rejects. */
  async open(access: NetworkAccess): Promise<NetworkStage | undefined> {
    this.problem ??= this.findProblem();
    const problem = await this.problem;
    try {
      if (problem === undefined) return await openNetworkStage(access, this.options.stageOptions());
      access.onUnavailable?.(problem);
    } catch (error) {
      access.onUnavailable?.(errorMessage(error));
    }
    return undefined;
  }

  private async findProblem(): Promise<string | undefined> {
    let stage: NetworkStage | undefined;
    try {
      stage = await openNetworkStage({ allowedDomains: [] }, this.options.stageOptions());
      return await this.options.tryOut(stage);
    } catch (error) {
      return errorMessage(error);
    } finally {
      stage?.release();
    }
  }
}
