import * as l10n from '@vscode/l10n';
import { Fragment, useMemo, useState, type ReactElement } from 'react';
import { CodeTokens } from './CodeTokens';
import { IconButton } from './controls';
import { languageOfFence } from './highlightLanguages';
import { useHighlight } from './useHighlight';
import { VisibleText } from './VisibleText';

/** How long the button says that it copied, in milliseconds. */
const copiedMs = 1500;

/** Code from the agent, with a button that copies it. */
export function CodeBlock(props: {
  readonly code: string;
  readonly language: string;
}): ReactElement {
  const { code, language } = props;
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  async function copy(): Promise<void> {
    const copied = await navigator.clipboard.writeText(code).then(
      () => true,
      () => false,
    );
    setState(copied ? 'copied' : 'failed');
    setTimeout(() => setState('idle'), copiedMs);
  }
  const names = {
    idle: l10n.t('Copy'),
    copied: l10n.t('Copied'),
    failed: l10n.t('Could not copy'),
  };
  const icons = { idle: 'copy', copied: 'check', failed: 'error' } as const;
  return (
    <div className="code-block">
      <div className="code-block-bar">
        <span>{language}</span>
        <IconButton icon={icons[state]} name={names[state]} onPress={() => void copy()} />
      </div>
      <pre tabIndex={0} aria-label={language ? l10n.t('Code, {0}', language) : l10n.t('Code')}>
        <CodeText code={code} language={language} />
      </pre>
    </div>
  );
}

function CodeText(props: { readonly code: string; readonly language: string }): ReactElement {
  const { code, language } = props;
  const highlight = useHighlight(languageOfFence(language));
  const lines = useMemo(() => highlight?.(code.split('\n')) ?? null, [highlight, code]);
  if (!lines) {
    return (
      <code>
        <VisibleText kind="prose" text={code} />
      </code>
    );
  }
  return (
    <code>
      {lines.map((line, index) => (
        <Fragment key={index}>
          {index > 0 && '\n'}
          <CodeTokens kind="prose" tokens={line} />
        </Fragment>
      ))}
    </code>
  );
}
