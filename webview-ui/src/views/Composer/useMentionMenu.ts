import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { FoundMention, Mention } from '../../../../src/protocol/mentions';
import { useModel, useView } from '../../viewContext';
import { insertText } from './insertText';
import { mentionAt, type TypedMention } from './mentionAt';
import { answersQuery, mentionEntries, type MentionEntry } from './mentionEntries';
import { useMenu, type MenuState } from './useMenu';

/** What a search found, and for which one. */
interface Found {
  readonly search: string;
  readonly mentions: readonly FoundMention[];
}

export interface MentionMenu {
  readonly menu: MenuState;
  /** Resolves when everything that was mentioned is attached. */
  readonly attached: () => Promise<unknown>;
}

/** The menu while an `@` is typed before the caret. */
export function useMentionMenu(
  textbox: RefObject<HTMLTextAreaElement | null>,
  text: string,
  caret: number,
): MentionMenu {
  const { connection, drafts, threads } = useView();
  const inRepository = useModel(({ settings }) => settings?.repository === true);
  const typed = mentionAt(text, caret);
  const search = typed && `${typed.scope} ${typed.query}`;
  const found = useFound(typed, search);
  const attaching = useRef(new Set<Promise<unknown>>());

  function attach(mention: Mention): void {
    const work = connection
      .request('mention/attach', { mention })
      .then((attachment) => drafts.attach([attachment]))
      .catch(threads.reportError)
      .finally(() => attaching.current.delete(work));
    attaching.current.add(work);
  }

  function choose({ means }: MentionEntry): void {
    if (!typed || !textbox.current) return;
    const place = { start: typed.start, end: caret };
    if ('goOn' in means) return insertText(textbox.current, means.goOn, place);
    insertText(textbox.current, `${means.token} `, place);
    attach(means.mention);
  }

  const isSearched = search !== undefined && found.search === search;
  const entries = typed ? mentionEntries(typed, found.mentions, inRepository) : [];
  const menu = useMenu<MentionEntry>({
    name: l10n.t('Mentions'),
    typed: typed ? `${typed.start} ${search}` : '',
    // What was found before stays until the answer for what is typed now is there, so that nothing flickers.
    entries,
    enter: answersQuery(entries) ? 'first' : isSearched ? 'none' : 'pending',
    empty: typed && isSearched ? emptyText(typed) : undefined,
    choose,
  });
  return { menu, attached: () => Promise.all(attaching.current) };
}

/** What the host found last, while something is typed; its answers to earlier searches are passed over. */
function useFound(typed: TypedMention | undefined, search: string | undefined): Found {
  const { connection, threads } = useView();
  const [found, setFound] = useState<Found>({ search: '', mentions: [] });
  const scope = typed?.scope ?? 'all';
  const query = typed?.query ?? '';
  useEffect(() => {
    if (search === undefined) {
      setFound({ search: '', mentions: [] });
      return undefined;
    }
    let wanted = true;
    connection.request('mention/search', { scope, query }).then(
      (mentions) => wanted && setFound({ search, mentions: mentions ?? [] }),
      (error: unknown) => {
        if (!wanted) return;
        setFound({ search, mentions: [] });
        threads.reportError(error);
      },
    );
    return () => void (wanted = false);
  }, [connection, threads, search, scope, query]);
  return found.search.startsWith(`${scope} `) ? found : { search: '', mentions: [] };
}

function emptyText({ scope, query }: TypedMention): string {
  if (scope === 'symbol') {
    return query === ''
      ? l10n.t('Type the name of a symbol.')
      : l10n.t('No symbol of that name is known.');
  }
  return l10n.t('Nothing is found.');
}
