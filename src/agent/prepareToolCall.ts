import { errorMessage } from '../base/errorMessage';
import { inEnglish } from '../base/language';
import { decide, isConfined, onlyReads, type Verdict } from '../policy/decide';
import type { Confinement } from '../ports/sandbox';
import type { CallItem } from './history';
import type { Access } from '../policy/access';
import { policySituation, readyForCommands, withSession } from './policySituation';
import type { Tool } from './tool';
import { networkOf } from './turnHosts';
import type { TurnEnvironment } from './turnEnvironment';

/** A call whose arguments are checked and that the policy has judged, or one that cannot run at all. */
export type PreparedCall =
  | {
      readonly kind: 'ready';
      readonly call: CallItem;
      readonly tool: Tool;
      readonly input: unknown;
      /** Absolute folder that paths of the input are relative to. */
      readonly cwd: string;
      readonly access: Access;
      readonly verdict: Verdict;
      /** The same for the person, in their language, where it is more than a permission. */
      readonly told?: ToldVerdict;
      /** What a command may reach, as the verdict took it for granted; absent where nothing confines it. */
      readonly confinement?: Confinement;
    }
  | { readonly kind: 'invalid'; readonly call: CallItem; readonly modelText: string };

type ToldVerdict = Exclude<Verdict, { kind: 'allow' }>;

/** Finds the tool of a call, reads its arguments and asks the policy. Never throws. */
export async function prepareToolCall(
  turn: TurnEnvironment,
  call: CallItem,
): Promise<PreparedCall> {
  const named = findTool(turn, call.name);
  if (!named) {
    const names = turn.tools.map((known) => known.name).join(', ');
    return invalid(call, `unsupported call: ${call.name}; the tools are ${names}`);
  }
  try {
    const { tool, input, cwd } = readMeaning(turn, named, readInput(named, call));
    const access = withSession(tool.access(input, cwd), turn);
    if (access.kind === 'command') await readyForCommands(turn);
    const situation = policySituation(turn);
    const judge = () => {
      const judged = decide(access, situation);
      return { judged, verdict: turn.loopBreaker.review(call, judged) };
    };
    // The model and the record are told in English, whatever the person is asked in.
    const { judged, verdict } = inEnglish(judge);
    const told = verdict.kind === 'allow' ? verdict : judge().verdict;
    const confinement = isConfined(access, situation) ? confinementOf(turn, judged) : undefined;
    return {
      ...({ kind: 'ready', call, tool, input, cwd, access, verdict } as const),
      ...(told.kind !== 'allow' && { told }),
      ...(confinement && { confinement }),
    };
  } catch (error) {
    return invalid(call, `failed to parse function arguments: ${errorMessage(error)}`);
  }
}

/** What is taken for reading only is held to it. */
function confinementOf(turn: TurnEnvironment, verdict: Verdict): Confinement {
  const readOnly = onlyReads(verdict);
  const writable = turn.context.sandboxMode === 'workspace-write' && !readOnly;
  // What only reads files needs no network.
  const network = readOnly ? undefined : networkOf(turn.context);
  return {
    mode: writable ? 'workspace-write' : 'read-only',
    root: turn.files.root,
    ...(readOnly ? {} : { loopback: turn.threadId }),
    ...(network ? { network } : {}),
    hidden: () => turn.hiddenFiles.list(),
    hidingFiles: () => turn.hiddenFiles.ruleFiles,
  };
}

function findTool(turn: TurnEnvironment, name: string): Tool | undefined {
  return turn.tools.find((known) => known.name === name);
}

/** What a call comes to once a tool may say that it stands for another one. */
function readMeaning(
  turn: TurnEnvironment,
  tool: Tool,
  input: unknown,
): { tool: Tool; input: unknown; cwd: string } {
  const { cwd } = turn.context;
  const meant = tool.standsFor?.(input, cwd);
  const other = meant && findTool(turn, meant.tool);
  if (!meant || !other) return { tool, input, cwd };
  return { tool: other, input: other.parse(meant.argumentsJson), cwd: meant.cwd };
}

function readInput(tool: Tool, call: CallItem): unknown {
  if (call.type === 'function_call') return tool.parse(call.arguments);
  if (!tool.freeform) throw new Error(`${tool.name} takes JSON arguments`);
  return tool.freeform.toInput(call.input);
}

function invalid(call: CallItem, modelText: string): PreparedCall {
  return { kind: 'invalid', call, modelText };
}
