/**
 * What the extension loads with its first thread or view and not with its activation: the agent, the model's client,
 * git, and the checks of the protocol. The build makes a file of its own of it, which costs nothing until then.
 */
import './language';
export { ThreadManager } from '../threads/threadManager';
export { modelChoices } from '../models';
export { listModels } from '../adapters/openai/listModels';
export { setKey } from './askForKey';
export { reportConnection } from './checkConnection';
export { pickModel } from './pickModel';
export { findFolderSuggestions } from './folderSuggestions';
export { suggestProblem } from './suggestProblem';
export { createThreadPorts } from './hostPorts';
export { ViewBridge } from './viewBridge';
export { createViewHandlers } from './viewHandlers';
export { refuseHidden } from './refuseHidden';
export { readPromptLink } from './readPromptLink';
