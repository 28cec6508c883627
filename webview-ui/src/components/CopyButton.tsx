import * as l10n from '@vscode/l10n';
import { useEffect, useState, type ReactElement } from 'react';
import { IconButton } from './controls';

/** How long the button says what became of it, in milliseconds. */
const toldMs = 1500;

/** Copies a text and says so. */
export function CopyButton(props: {
  readonly text: () => string;
  /** What it is called while nothing was copied. */
  readonly name: string;
}): ReactElement {
  const { text, name } = props;
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), toldMs);
    return () => clearTimeout(timer);
  }, [state]);
  function copy(): void {
    navigator.clipboard.writeText(text()).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  }
  const names = { idle: name, copied: l10n.t('Copied'), failed: l10n.t('Could not copy') };
  const icons = { idle: 'copy', copied: 'check', failed: 'error' } as const;
  return <IconButton icon={icons[state]} name={names[state]} onPress={copy} />;
}
