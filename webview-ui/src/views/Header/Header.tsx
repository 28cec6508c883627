import type { ReactElement } from 'react';
import { IconButton } from '../../components/controls';
import { useAct, useModel } from '../../viewContext';

/** The thread's title, and the way to other threads. */
export function Header(props: { readonly onHistory: () => void }): ReactElement {
  const title = useModel(({ thread }) => thread?.title) || 'New thread';
  const act = useAct();
  return (
    <header className="header">
      <h1 title={title}>{title}</h1>
      <IconButton icon="add" name="New thread" onPress={() => act('thread/start', {})} />
      <IconButton icon="history" name="Thread history" onPress={props.onHistory} />
    </header>
  );
}
