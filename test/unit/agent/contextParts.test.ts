import assert from 'node:assert/strict';
import { contextParts, contextUpdate, type Situation } from '../../../src/agent/contextParts';
import { profileFor } from '../../../src/models';
import type { ModelItem } from '../../../src/protocol/modelItem';
import type { TurnContext } from '../../../src/protocol/turnContext';
import { sampleContext } from '../../support/sampleContext';

function situation(changes: Partial<Situation> = {}): Situation {
  return {
    context: sampleContext('/w'),
    profile: profileFor('gpt-5.5').profile,
    instructionFiles: [],
    shellName: 'bash',
    sandboxUnavailable: 'not built',
    date: '2026-01-02',
    timeZone: 'Europe/Berlin',
    ...changes,
  };
}

function texts(items: readonly ModelItem[]): string {
  return JSON.stringify(items);
}

describe('contextUpdate', () => {
  it('tells everything once, developer parts before user parts', () => {
    const first = contextUpdate([], contextParts(situation()));
    assert.deepEqual(
      first.map((item) => (item.type === 'message' ? item.role : '')),
      ['developer', 'user'],
    );
    assert.match(texts(first), /<cwd>\/w<\/cwd>.*<shell>bash.*2026-01-02.*Europe\/Berlin/s);
    assert.deepEqual(contextUpdate(first, contextParts(situation())), []);
  });

  it('appends only what changed, and leaves what was said as it is', () => {
    const first = contextUpdate([], contextParts(situation()));
    const context = sampleContext('/w', { mode: 'ask' });
    const update = contextUpdate(first, contextParts(situation({ context })));
    assert.equal(update.length, 1);
    assert.match(texts(update), /Mode: ask/);
    assert.doesNotMatch(texts(update), /permissions|environment/);
  });

  it('tells what a sandbox keeps commands from, and how to ask for more', () => {
    const told = (changes: Partial<TurnContext>) => {
      const context = sampleContext('/w', { sandboxMode: 'workspace-write', ...changes });
      return texts(
        contextUpdate([], contextParts(situation({ context, sandboxUnavailable: undefined }))),
      );
    };
    assert.match(
      told({ approvalPolicy: 'on-request' }),
      /Commands run in a sandbox.*git commit.*require_escalated/s,
    );
    assert.match(told({ approvalPolicy: 'never' }), /Nothing runs outside the sandbox/);
    assert.doesNotMatch(told({ approvalPolicy: 'never' }), /require_escalated/);
    assert.match(told({ sandboxMode: 'read-only' }), /write in \$TMPDIR only/);
    assert.doesNotMatch(told({ sandboxMode: 'full-access' }), /Commands run in a sandbox/);
  });

  it('says nothing of preambles where they are off', () => {
    const off = contextParts(situation({ context: sampleContext('/w', { preambles: false }) }));
    assert.doesNotMatch(texts(contextUpdate([], off)), /preamble/i);
  });

  it('takes preambles back when they are switched off in a running thread', () => {
    const first = contextUpdate([], contextParts(situation()));
    const off = contextParts(situation({ context: sampleContext('/w', { preambles: false }) }));
    const update = contextUpdate(first, off);
    assert.match(texts(update), /<preambles>\\nNothing applies here any longer/);
    assert.deepEqual(contextUpdate([...first, ...update], off), []);
  });

  it('gives codex models neither preambles nor a personality', () => {
    const { profile } = profileFor('gpt-5.1-codex');
    const all = texts(contextUpdate([], contextParts(situation({ profile }))));
    assert.doesNotMatch(all, /<preambles>|<personality>/);
  });

  it('passes on a personality in the words of the person', () => {
    const context = sampleContext('/w', { personality: 'Talk like a pirate.' });
    assert.match(texts(contextUpdate([], contextParts(situation({ context })))), /pirate/);
  });

  it('names the folder of each instruction file', () => {
    const instructionFiles = [
      { folder: '/w', text: 'outer' },
      { folder: '/w/sub', text: 'inner' },
    ];
    const all = texts(contextUpdate([], contextParts(situation({ instructionFiles }))));
    assert.match(all, /Instructions for \/w\\n\\nouter.*Instructions for \/w\/sub\\n\\ninner/s);
  });
});
