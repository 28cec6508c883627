import * as l10n from '@vscode/l10n';
import type { UserInput } from './input';

/** What a message may hold at most; each is far beyond what a person means to send. */
export const inputLimits = {
  /** Characters of the text, and of each attached one. */
  text: 2_000_000,
  attachments: 50,
  /** Characters of one picture as a `data:` URL. */
  image: 20_000_000,
  /** Characters of all of it. */
  all: 40_000_000,
};

const million = 1_000_000;

/** Why a message cannot be sent, as a sentence for the person; undefined where it can. */
export function inputProblem({ text, attachments }: UserInput): string | undefined {
  const most = inputLimits.text / million;
  if (text.length > inputLimits.text) {
    return l10n.t(
      'The message is too long: it may have {0} million characters. Put the text into a file and attach that; the agent reads it in parts.',
      most,
    );
  }
  if (attachments.length > inputLimits.attachments) {
    return l10n.t(
      '{0} attachments are too many: a message may have {1}. Attach their folder instead.',
      attachments.length,
      inputLimits.attachments,
    );
  }
  const texts = attachments.map((attachment) => ('text' in attachment ? attachment.text : ''));
  if (texts.some(({ length }) => length > inputLimits.text)) {
    return l10n.t(
      'An attached text is too long: it may have {0} million characters. Put it into a file and attach that; the agent reads it in parts.',
      most,
    );
  }
  const pictures = attachments.map((each) => ('dataUrl' in each ? each.dataUrl : ''));
  const all = [text, ...texts, ...pictures].reduce((sum, { length }) => sum + length, 0);
  return all > inputLimits.all
    ? l10n.t(
        'The attachments are too large together: a message may have 30 MB of pictures. Send some of them with the next one.',
      )
    : undefined;
}
