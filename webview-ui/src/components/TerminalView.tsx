import * as l10n from '@vscode/l10n';
import {
  memo,
  useEffect,
  useMemo,
  useRef,
  type CSSProperties,
  type ReactElement,
  type ReactNode,
} from 'react';
import { CitedText } from './CitedText';
import { CopyButton } from './CopyButton';
import {
  plainOf,
  readTerminalText,
  tailOf,
  type TerminalSpan,
  type TerminalStyle,
} from './terminalText';
import { useRemembered } from './useRemembered';
import { VisibleText } from './VisibleText';

/** Output drawn at first; a person can ask for all of it. */
const shownChars = 40_000;

/** Enough for the few lines visible while a command runs, so that a delta costs the same however long the output. */
const liveChars = 4_000;

/** What a command printed, in its colours. While `live` only its tail is drawn, kept at the end. */
export const TerminalView = memo(function TerminalView(props: {
  readonly output: string;
  readonly live?: boolean;
  /** Under which it is remembered, out of sight, whether all of it is shown. */
  readonly memory?: string;
}): ReactElement | null {
  const { output, live = false, memory } = props;
  const [whole, setWhole] = useRemembered(memory, false);
  const box = useRef<HTMLPreElement>(null);
  const limit = live ? liveChars : whole ? Infinity : shownChars;
  const lines = useMemo(() => trimLines(readTerminalText(tailOf(output, limit))), [output, limit]);
  useEffect(() => {
    if (live && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [live, lines]);

  if (lines.length === 0) {
    return live ? null : <div className="terminal-empty">{l10n.t('No output')}</div>;
  }
  return (
    <div className="terminal with-actions">
      {!live && !whole && output.length > shownChars && (
        <button type="button" className="more" onClick={() => setWhole(true)}>
          {l10n.t('Show the output from its start')}
        </button>
      )}
      {!live && (
        <span className="corner-actions">
          <CopyButton text={() => plainOf(output)} name={l10n.t('Copy output')} />
        </span>
      )}
      <pre ref={box} className={live ? 'live' : ''} tabIndex={0} aria-label={l10n.t('Output')}>
        {lines.map((line, index) => (
          <div key={index}>
            {line.length === 0
              ? '\n'
              : line.map((span, place) => <Span key={place} span={span} live={live} />)}
          </div>
        ))}
      </pre>
    </div>
  );
});

/** Places that finished output names can be opened; what grows is drawn as it is. */
function Span(props: { readonly span: TerminalSpan; readonly live: boolean }): ReactNode {
  const { text, style } = props.span;
  const words = props.live ? <VisibleText kind="prose" text={text} /> : <CitedText text={text} />;
  if (Object.keys(style).length === 0) return words;
  return (
    <span className={classNames(style)} style={cssOf(style)}>
      {words}
    </span>
  );
}

function classNames(style: TerminalStyle): string {
  const kinds = ['bold', 'dim', 'italic', 'underline', 'strike', 'inverse'] as const;
  const { color, background } = turned(style);
  return [
    ...kinds.filter((name) => style[name]),
    ...(typeof color === 'number' ? [`ansi-${color}`] : []),
    ...(typeof background === 'number' ? [`ansi-on-${background}`] : []),
  ].join(' ');
}

function cssOf(style: TerminalStyle): CSSProperties {
  const { color, background } = turned(style);
  return {
    ...(typeof color === 'string' ? { color } : {}),
    ...(typeof background === 'string' ? { backgroundColor: background } : {}),
  };
}

function turned({ color, background, inverse }: TerminalStyle) {
  return inverse ? { color: background, background: color } : { color, background };
}

/** Empty lines at both ends say nothing. */
function trimLines(lines: readonly (readonly TerminalSpan[])[]): typeof lines {
  const isBlank = (line: readonly TerminalSpan[]) => line.every(({ text }) => text.trim() === '');
  const first = lines.findIndex((line) => !isBlank(line));
  if (first < 0) return [];
  return lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}
