import * as l10n from '@vscode/l10n';
import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';

/** A title being changed in place: Enter or leaving takes it, Escape keeps the old one. */
export function TitleEditor(props: {
  readonly title: string;
  readonly onEnd: (title: string | undefined) => void;
}): ReactElement {
  const { title, onEnd } = props;
  const [text, setText] = useState(title);
  const ended = useRef(false);

  function end(next: string | undefined): void {
    if (ended.current) return;
    ended.current = true;
    const trimmed = next?.trim();
    onEnd(trimmed && trimmed !== title ? trimmed : undefined);
  }

  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') end(text);
    if (event.key === 'Escape') end(undefined);
  }

  return (
    <input
      className="title-editor"
      aria-label={l10n.t('Title of the thread')}
      value={text}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(text)}
    />
  );
}
