import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import { inEnglish, speak } from '../../../src/base/language';
import { sentenceOf, ToldError, toldMessage } from '../../../src/base/toldError';

const german = {
  '{0} is not a file.': '{0} ist keine Datei.',
  'Nothing was written: {0}': 'Es wurde nichts geschrieben: {0}',
};

describe('an error that the model and the person both read', () => {
  const noFile = (path: string) => new ToldError(() => l10n.t('{0} is not a file.', path));

  beforeEach(() => speak('de', german));
  afterEach(() => speak('en', {}));

  it('has an English message, and tells the person in their language', () => {
    const error = noFile('src');
    assert.equal(error.message, 'src is not a file.');
    assert.equal(toldMessage(error), 'src ist keine Datei.');
  });

  it('is told in both languages also as a part of another sentence', () => {
    const reason = sentenceOf(noFile('src'));
    const whole = new ToldError(() => l10n.t('Nothing was written: {0}', reason()));
    assert.equal(whole.message, 'Nothing was written: src is not a file.');
    assert.equal(toldMessage(whole), 'Es wurde nichts geschrieben: src ist keine Datei.');
    assert.equal(inEnglish(reason), 'src is not a file.');
  });

  it('leaves the words of other errors as they are', () => {
    assert.equal(toldMessage(new Error('EACCES')), 'EACCES');
    assert.equal(toldMessage('thrown as a text'), 'thrown as a text');
  });
});
