import * as l10n from '@vscode/l10n';
import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { IconButton } from '../../components/controls';
import { mostMatches } from './findMatches';
import type { Find } from './useFind';

/** A small bar over the transcript to find words in it. */
export function FindBar(props: {
  readonly find: Find;
  readonly onClose: () => void;
}): ReactElement {
  const { find, onClose } = props;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'F3' || (event.key === 'Enter' && event.target === field.current);
    if (step) find.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    // Escape would stop the turn, and F3 find something in the editor.
    event.stopPropagation();
  }

  return (
    <div className="find" role="search" aria-label={l10n.t('Find in thread')} onKeyDown={onKeyDown}>
      <input
        ref={field}
        className="field"
        aria-label={l10n.t('Find in thread')}
        placeholder={l10n.t('Find')}
        // The person asked for it.
        autoFocus
        value={find.words}
        onChange={(event) => find.look(event.target.value)}
      />
      <span className="find-count" role="status">
        {countWords(find)}
      </span>
      <IconButton
        icon="arrow-up"
        name={l10n.t('Previous match')}
        disabled={find.matches.length === 0}
        onPress={() => find.step(-1)}
      />
      <IconButton
        icon="arrow-down"
        name={l10n.t('Next match')}
        disabled={find.matches.length === 0}
        onPress={() => find.step(1)}
      />
      <IconButton icon="close" name={l10n.t('Close find')} onPress={onClose} />
    </div>
  );
}

function countWords({ words, matches, current }: Find): string {
  if (words === '') return '';
  if (matches.length === 0) return l10n.t('No results');
  if (matches.length === mostMatches) {
    return l10n.t('{0} of more than {1}', current + 1, mostMatches);
  }
  return l10n.t('{0} of {1}', current + 1, matches.length);
}
