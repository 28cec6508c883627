import * as l10n from '@vscode/l10n';
import type { MarkedToken, Token, Tokens } from 'marked';
import { memo, useMemo, type ReactElement, type ReactNode } from 'react';
import { saysHost } from '../../../src/protocol/webAddress';
import { useAct } from '../viewContext';
import { readLink, splitCitations } from './citations';
import { CitedText, FileLink, HostLink } from './CitedText';
import { CommentLink } from './CommentLink';
import { CodeBlock } from './CodeBlock';
import { readMarkdown } from './readMarkdown';
import { VisibleText } from './VisibleText';

/**
 * A part of the agent's Markdown. It is untrusted: tokens become React elements, so HTML is shown as text, images
 * as their words, and a link asks the host and says where it leads. What is too long or too deep stays plain text.
 */
export const MarkdownBlock = memo(function MarkdownBlock(props: {
  readonly text: string;
}): ReactElement {
  const tokens = useMemo(() => readMarkdown(props.text), [props.text]);
  if (tokens) return <>{drawTokens(tokens)}</>;
  return (
    <p className="plain">
      <VisibleText kind="prose" text={props.text} />
    </p>
  );
});

function drawTokens(tokens: readonly Token[] | undefined): ReactNode[] {
  return (tokens ?? []).map((token, index) => <Part key={index} token={token as MarkedToken} />);
}

/** One token. Entities were left as they are by the lexer, so text is drawn as it was written. */
function Part({ token }: { readonly token: MarkedToken }): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return <p>{drawTokens(token.tokens)}</p>;
    case 'heading':
      return <Heading depth={token.depth}>{drawTokens(token.tokens)}</Heading>;
    case 'list':
      return <List token={token} />;
    case 'code':
      return <CodeBlock code={token.text} language={token.lang?.split(/\s/)[0] ?? ''} />;
    case 'blockquote':
      return <blockquote>{drawTokens(token.tokens)}</blockquote>;
    case 'table':
      return <Table token={token} />;
    case 'hr':
      return <hr />;
    case 'strong':
      return <strong>{drawTokens(token.tokens)}</strong>;
    case 'em':
      return <em>{drawTokens(token.tokens)}</em>;
    case 'del':
      return <del>{drawTokens(token.tokens)}</del>;
    case 'codespan':
      return <CodeSpan text={token.text} />;
    case 'br':
      return <br />;
    case 'link':
      return (
        <Link href={token.href} words={token.text}>
          {drawTokens(token.tokens)}
        </Link>
      );
    case 'image':
      return <VisibleText kind="prose" text={`[${token.text}]`} />;
    case 'text':
      return token.tokens ? drawTokens(token.tokens) : <CitedText text={decode(token.text)} />;
    case 'escape':
      return decode(token.text);
    case 'html':
      return <VisibleText kind="prose" text={token.text} />;
    case 'checkbox':
    case 'list_item':
    case 'space':
    case 'def':
      return null;
  }
}

/** Headings stand two levels below the view's own title. */
function Heading(props: { readonly depth: number; readonly children: ReactNode }): ReactElement {
  if (props.depth <= 1) return <h3>{props.children}</h3>;
  return props.depth === 2 ? <h4>{props.children}</h4> : <h5>{props.children}</h5>;
}

function List({ token }: { readonly token: Tokens.List }): ReactElement {
  const items = token.items.map((item, index) => (
    <li key={index} className={item.task ? 'task' : undefined}>
      {item.task && <input type="checkbox" checked={item.checked ?? false} disabled readOnly />}
      {drawTokens(item.tokens)}
    </li>
  ));
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}

function Table({ token }: { readonly token: Tokens.Table }): ReactElement {
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={l10n.t('Table')}>
      <table>
        <thead>
          <tr>
            {token.header.map((cell, index) => (
              <th key={index}>{drawTokens(cell.tokens)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, place) => (
                <td key={place}>{drawTokens(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Code in a line; where it is a citation and nothing else it is a link. */
function CodeSpan({ text }: { readonly text: string }): ReactElement {
  const target = splitCitations(text);
  const [only] = target;
  if (target.length === 1 && only && 'citation' in only) {
    return (
      <FileLink {...only.citation}>
        <code>
          <VisibleText kind="name" text={text} />
        </code>
      </FileLink>
    );
  }
  return (
    <code>
      <VisibleText kind="prose" text={text} />
    </code>
  );
}

/** Where the words do not say which host a link leads to, it is said after them. */
function Link(props: {
  readonly href: string;
  readonly words: string;
  readonly children: ReactNode;
}): ReactNode {
  const act = useAct();
  const target = readLink(props.href);
  if (target.kind === 'none') return props.children;
  if (target.kind === 'comment') return <CommentLink id={target.id}>{props.children}</CommentLink>;
  if (target.kind === 'file') return <FileLink {...target}>{props.children}</FileLink>;
  const { address } = target;
  const { href, host, hadUser } = address;
  return (
    <>
      <HostLink title={href} onOpen={() => act('link/open', { url: href })}>
        {props.children}
      </HostLink>
      {!saysHost(props.words, address) && (
        <bdi className={hadUser ? 'link-host odd' : 'link-host'}>{` (${host})`}</bdi>
      )}
    </>
  );
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0',
};

/** The few entities that models write. */
function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity);
}
