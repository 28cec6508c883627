/**
 * What the extension loads with its first command, thread or view and not with its activation: the commands, the agent,
 * the model's client, git, and the checks of the protocol. The build makes a file of its own of it, which costs nothing
 * until then. Only what is loaded at activation imports this file: commands and requests import what they need.
 */
import './language';
export { commands } from './commands';
export { ThreadManager } from '../threads/threadManager';
export { listModels } from '../adapters/openai/listModels';
export { createThreadPorts } from './hostPorts';
export { ViewBridge } from './viewBridge';
export { createViewHandlers } from './viewHandlers';
export { offeredModels } from './offeredModels';
export { FollowedSelections } from './drafts/followedSelections';
export { Mentions } from './mentions/mentions';
export { readPromptLink } from './readPromptLink';
export { findSuggestions } from './suggestions';
export { createRipgrepSearch } from '../adapters/disk/ripgrepSearch';
