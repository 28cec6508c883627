import * as l10n from '@vscode/l10n';
import type { Mode } from './turnContext';

/** What a mode is called. */
export function modeWord(mode: Mode): string {
  switch (mode) {
    case 'agent':
      return l10n.t('Agent');
    case 'plan':
      return l10n.t({ message: 'Plan', comment: 'A mode: makes a plan' });
    case 'ask':
      return l10n.t({ message: 'Ask', comment: 'A mode: answers questions' });
  }
}
