import type { Tool } from '../agent/tool';
import { applyPatch } from './applyPatch';
import { execCommand } from './execCommand';
import { requestUserInput } from './requestUserInput';
import { rg } from './rg';
import { updatePlan } from './updatePlan';
import { viewImage } from './viewImage';
import { writeStdin } from './writeStdin';

/** Every tool there is; a model's profile says which it gets and in which order. */
const allTools: readonly Tool[] = [
  execCommand,
  writeStdin,
  applyPatch,
  updatePlan,
  viewImage,
  requestUserInput,
  rg,
];

/** The tools of these names, in this order. @throws Error for a name no tool has. */
export function toolsNamed(names: readonly string[]): readonly Tool[] {
  return names.map((name) => {
    const tool = allTools.find((known) => known.name === name);
    if (!tool) throw new Error(`A model profile names a tool that does not exist: ${name}`);
    return tool;
  });
}
