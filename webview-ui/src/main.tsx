import './language';
import '@vscode/codicons/dist/codicon.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/transcript.css';
import './styles/terminal.css';
import './styles/find.css';
import './styles/prose.css';
import './styles/code.css';
import './styles/dock.css';
import './styles/changes.css';
import './styles/composer.css';
import './styles/conversation.css';
import './styles/history.css';
import './styles/findings.css';
import './styles/comments.css';
import './styles/restore.css';
import './styles/commit.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createDraftStore } from './draftStore';
import { createHostConnection } from './hostConnection';
import { createThreadStore } from './threadStore';
import { ViewProvider } from './viewContext';
import { Thread } from './views/Thread/Thread';
import { openWebviewChannel } from './webviewChannel';

const { channel, memory } = openWebviewChannel();
const connection = createHostConnection(channel);
const threads = createThreadStore(connection);
const drafts = createDraftStore(connection, memory);

// A hidden view gets no messages: whenever it is seen again it asks for what it missed.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void threads.refresh();
});
void threads.refresh();

// The thread of the view that the person was in last drives the editors.
const tellFocus = () => void connection.request('view/focused', {});
window.addEventListener('focus', tellFocus);
if (document.hasFocus()) tellFocus();

// An editor tab comes back after a reload with the thread named here.
let threadId: string | undefined;
threads.subscribe(() => {
  const shown = threads.get().thread?.threadId;
  if (shown !== threadId) memory.write({ threadId: (threadId = shown) });
});

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <ViewProvider value={{ connection, threads, drafts }}>
      <Thread />
    </ViewProvider>
  </StrictMode>,
);
