import * as l10n from '@vscode/l10n';
import { useState, type ReactElement } from 'react';
import { IconButton } from '../../components/controls';
import { TitleEditor } from '../../components/TitleEditor';
import { VisibleText } from '../../components/VisibleText';
import { useAct, useModel } from '../../viewContext';

/** The thread's title, which a click changes, and the way to other threads. */
export function Header(props: { readonly onHistory: () => void }): ReactElement {
  const act = useAct();
  return (
    <header className="header">
      <ThreadTitle />
      <IconButton icon="add" name={l10n.t('New thread')} onPress={() => act('thread/start', {})} />
      <IconButton icon="history" name={l10n.t('Thread history')} onPress={props.onHistory} />
    </header>
  );
}

function ThreadTitle(): ReactElement {
  const title = useModel(({ thread }) => thread?.title) || l10n.t('New thread');
  const threadId = useModel(({ thread }) => (thread?.title ? thread.threadId : undefined));
  const readOnly = useModel((model) => model.readOnly);
  const [editing, setEditing] = useState<string>();
  const act = useAct();
  if (threadId === undefined || readOnly)
    return (
      <h1 title={title}>
        <VisibleText kind="prose" text={title} />
      </h1>
    );
  if (editing === threadId) {
    const end = (next: string | undefined) => {
      setEditing(undefined);
      if (next !== undefined) act('thread/rename', { threadId, title: next });
    };
    return <TitleEditor title={title} onEnd={end} />;
  }
  return (
    <h1>
      <button
        type="button"
        className="title-button"
        title={l10n.t('{0} (click to rename)', title)}
        onClick={() => setEditing(threadId)}
      >
        <VisibleText kind="prose" text={title} />
      </button>
    </h1>
  );
}
