/**
 * What the extension loads with its first command, thread or view and not with its activation: the commands, the agent,
 * the model's client, git, and the checks of the protocol. The build makes a file of its own of it, which costs nothing
 * until then. Only what is loaded at activation imports this file: commands and requests import what they need.
 */
import './language';
export { commands } from './commands';
export { ThreadManager } from '../threads/threadManager';
export { listModels } from '../adapters/openai/listModels';
export { findFolderSuggestions } from './folderSuggestions';
export { suggestProblem } from './suggestProblem';
export { createHostSandbox, createThreadPorts } from './hostPorts';
export { ViewBridge } from './viewBridge';
export { createViewHandlers } from './viewHandlers';
export { DraftsOfSurfaces } from './drafts/draftsOfSurfaces';
export { offeredModels } from './offeredModels';
export { readPromptLink } from './readPromptLink';
