import {
  createContext,
  useContext,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { useAct } from '../viewContext';
import { splitCitations } from './citations';
import { VisibleText } from './VisibleText';

/** Plain text in which the places it names (`src/slug.js:1`) open. */
export function CitedText({ text }: { readonly text: string }): ReactNode {
  return splitCitations(text).map((piece, index) =>
    'citation' in piece ? (
      <FileLink key={index} {...piece.citation}>
        {piece.text}
      </FileLink>
    ) : (
      <VisibleText key={index} kind="prose" text={piece.text} />
    ),
  );
}

/** Opens a file of the workspace. */
export function FileLink(props: {
  readonly path: string;
  readonly line?: number;
  readonly children: ReactNode;
}): ReactElement {
  const act = useAct();
  const { path, line } = props;
  return (
    <HostLink
      title={line === undefined ? path : `${path}:${line}`}
      onOpen={() => act('file/open', { path, ...(line === undefined ? {} : { line }) })}
    >
      {props.children}
    </HostLink>
  );
}

/** True inside of a link: what would be a link there is only words, for a link in a link has two targets. */
const InLink = createContext(false);

/** The page itself never goes anywhere: the address is `#`, the host decides. */
export function HostLink(props: {
  readonly title: string;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const inLink = useContext(InLink);
  function open(event: MouseEvent): void {
    event.preventDefault();
    props.onOpen();
  }
  if (inLink) return <>{props.children}</>;
  return (
    <a href="#" title={props.title} onClick={open} onAuxClick={(event) => event.preventDefault()}>
      <InLink.Provider value>{props.children}</InLink.Provider>
    </a>
  );
}
