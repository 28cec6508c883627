import * as l10n from '@vscode/l10n';
import { Fragment, useMemo, type ReactElement } from 'react';
import { useAct } from '../viewContext';
import { CodeTokens } from './CodeTokens';
import { IconButton } from './controls';
import { CopyButton } from './CopyButton';
import { languageOfFence } from './highlightLanguages';
import { useHighlight } from './useHighlight';
import { VisibleText } from './VisibleText';

/** Code from the agent, which can be copied, put into the editor, and opened as a file. */
export function CodeBlock(props: {
  readonly code: string;
  readonly language: string;
}): ReactElement {
  const { code, language } = props;
  const act = useAct();
  const open = () => {
    const known = languageOfFence(language);
    act('code/open', { text: code, ...(known ? { language: known } : {}) });
  };
  return (
    <div className="code-block">
      <div className="code-block-bar">
        <span className="code-block-language">{language}</span>
        <span className="code-block-buttons">
          <CopyButton text={() => code} name={l10n.t('Copy')} />
          <IconButton
            icon="insert"
            name={l10n.t('Insert at the cursor')}
            onPress={() => act('code/insert', { text: code })}
          />
          <IconButton icon="new-file" name={l10n.t('Open as a new file')} onPress={open} />
        </span>
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
