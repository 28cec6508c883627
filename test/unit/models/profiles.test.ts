import assert from 'node:assert/strict';
import { modelChoices, profileFor } from '../../../src/models';
import { defaultModel } from '../../../src/models/defaultModel';
import { toolsNamed } from '../../../src/tools';

describe('profileFor', () => {
  const families: Array<[id: string, family: string]> = [
    ['gpt-5.5', 'mainline'],
    ['gpt-6-sol', 'mainline'],
    ['gpt-7', 'mainline'],
    ['gpt-5.1-codex-max', 'codex'],
    ['gpt-4o', 'generic'],
    ['qwen3-coder', 'generic'],
  ];
  for (const [id, family] of families) {
    it(`treats ${id} as ${family}`, () => assert.equal(profileFor(id).profile.family, family));
  }

  for (const id of ['gpt-5.5', 'gpt-5-codex', 'qwen3-coder']) {
    it(`treats ${id} as a general model behind Chat Completions, and guesses at nothing`, () => {
      const { profile, known } = profileFor(id, 'chat');
      assert.equal(profile.patchFormat, 'function');
      assert.equal(profile.parallelToolCalls, false);
      assert.equal(known, true);
    });
  }

  it('tells which ids it only guesses at', () => {
    assert.equal(profileFor('gpt-5.5').known, true);
    assert.equal(profileFor('llama').known, false);
  });

  for (const id of ['gpt-5.5', 'gpt-5-codex', 'other']) {
    it(`gives ${id} tools that exist and a prompt`, () => {
      const { profile } = profileFor(id);
      assert.equal(toolsNamed(profile.tools).length, profile.tools.length);
      assert.ok(profile.instructions.length > 1000);
    });
  }

  it('searches with rg wherever it has a search tool, and gives codex models none', () => {
    assert.ok(profileFor('gpt-5.5').profile.tools.includes('rg'));
    assert.ok(!profileFor('gpt-5-codex').profile.tools.includes('rg'));
  });
});

describe('modelChoices', () => {
  it('offers the model of the settings even where it is none of ours', () => {
    assert.equal(modelChoices('my-model')[0]?.id, 'my-model');
    assert.equal(modelChoices(defaultModel).length, modelChoices().length);
  });

  it('offers what the server has: the known ones first, then others that answer in words', () => {
    const served = ['zeta', 'whisper-1', 'gpt-5.5', 'alpha', 'text-embedding-3-small'];
    const ids = modelChoices('gpt-5.5', 'responses', served).map(({ id }) => id);
    assert.deepEqual(ids, ['gpt-5.5', 'alpha', 'zeta']);
    assert.equal(modelChoices('mine', 'chat', served)[0]?.id, 'mine');
  });
});
