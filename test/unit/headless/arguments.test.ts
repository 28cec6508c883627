import assert from 'node:assert/strict';
import { readArguments, type ExecArguments } from '../../../src/headless/arguments';
import { UsageError } from '../../../src/headless/usage';

const exec = (...args: string[]) => readArguments(['exec', ...args]) as ExecArguments;

describe('readArguments', () => {
  it('fills in the defaults', () => {
    const args = exec('do it');
    assert.equal(args.prompt, 'do it');
    assert.equal(args.json, false);
    assert.deepEqual(args.settings, {
      model: 'gpt-5.5',
      reasoningEffort: 'medium',
      mode: 'agent',
      approvalPolicy: 'on-request',
      sandboxMode: 'workspace-write',
      personality: 'pragmatic',
      preambles: true,
    });
  });

  it('reads every option, long and short', () => {
    const args = exec(
      ...['--json', '-C', '/w', '-m', 'gpt-6-sol', '-c', 'reasoningEffort=high', '-i', 'a.png'],
      ...['-i', 'b.png', '-s', 'danger-full-access', '--approval', 'never', '--mode', 'ask'],
      ...['-o', 'last', '--output-schema', 's.json', '--ephemeral', '--skip-git-repo-check', '-'],
    );
    assert.equal(args.prompt, undefined);
    assert.deepEqual(args.images, ['a.png', 'b.png']);
    assert.equal(args.folder, '/w');
    assert.equal(args.ephemeral, true);
    assert.equal(args.lastMessageFile, 'last');
    assert.equal(args.outputSchemaFile, 's.json');
    assert.equal(args.settings.sandboxMode, 'full-access');
    assert.equal(args.settings.approvalPolicy, 'never');
    assert.equal(args.settings.mode, 'ask');
    assert.equal(args.settings.reasoningEffort, 'high');
  });

  it('reads limits, and refuses what is no limit', () => {
    const limits = (...args: string[]) => exec(...args, 'go').settings.limits;
    assert.deepEqual(limits('-c', 'limits.tokens=5000', '-c', 'tandem.limits.cost=0.5'), {
      tokens: 5000,
      cost: 0.5,
    });
    assert.equal(limits('-c', 'limits.minutes=null'), undefined);
    assert.throws(() => limits('-c', 'limits.commands=0'), UsageError);
    assert.throws(() => limits('-c', 'limits.commands=many'), UsageError);
  });

  it('takes the server’s API and a service tier as settings', () => {
    const { settings } = exec('-c', 'wireApi=chat', '-c', 'tandem.serviceTier="flex"', 'x');
    assert.equal(settings.wireApi, 'chat');
    assert.equal(settings.serviceTier, 'flex');
  });

  it('turns the bypass into full access that nobody is asked about', () => {
    const { settings } = exec('--dangerously-bypass-approvals-and-sandbox', 'x');
    assert.equal(settings.approvalPolicy, 'never');
    assert.equal(settings.sandboxMode, 'full-access');
  });

  it('resumes a thread by id or the last one, with or without a prompt', () => {
    assert.deepEqual(exec('resume', 'ID', 'more').resume, { id: 'ID' });
    assert.equal(exec('resume', 'ID', 'more').prompt, 'more');
    assert.equal(exec('resume', '--last', 'more').resume, 'last');
    assert.equal(exec('resume', '--last', 'more').prompt, 'more');
  });

  for (const args of [
    [],
    ['unknown'],
    ['exec', '--no-such-option'],
    ['exec', 'two', 'prompts'],
    ['exec', '--mode', 'chaos', 'x'],
    ['exec', '-c', 'nonsense', 'x'],
    ['exec', '-c', 'unknown=1', 'x'],
    ['exec', '-c', 'wireApi=carrier-pigeon', 'x'],
    ['exec', 'resume'],
    ['threads'],
    ['threads', 'show'],
  ]) {
    it(`refuses ${JSON.stringify(args)}`, () =>
      assert.throws(() => readArguments(args), UsageError));
  }

  it('E02 reads domains as a list with commas or as JSON, and takes nothing for everything', () => {
    const domains = (value: string) =>
      exec('-c', `network.allowedDomains=${value}`, 'x').settings.allowedDomains;
    assert.deepEqual(domains('a.com, *.b.com'), ['a.com', '*.b.com']);
    assert.deepEqual(domains('["write:a.com","[2001:db8::1]:8443"]'), [
      'write:a.com',
      '[2001:db8::1]:8443',
    ]);
    assert.deepEqual(domains('*'), ['*']);
    for (const nothing of ['', ' ', '[]']) assert.equal(domains(nothing), undefined);
    for (const wrong of [
      'a.com,',
      ',',
      '[""]',
      'https://a.com',
      'a.com/x',
      'u@a.com',
      '[1]x',
      'a.*',
    ]) {
      assert.throws(() => domains(wrong), UsageError, wrong);
    }
  });

  it('reads what to review, and what to look at', () => {
    const read = (...args: string[]) => {
      const { review, prompt, promptFromStdin } = exec('review', ...args);
      return [review, prompt, promptFromStdin];
    };
    assert.deepEqual(read(), [{ kind: 'uncommitted' }, undefined, false]);
    assert.deepEqual(read('--base', 'main', 'the tests'), [
      { kind: 'base', ref: 'main' },
      'the tests',
      false,
    ]);
    assert.deepEqual(read('--commit', 'abc', '-'), [
      { kind: 'commit', sha: 'abc' },
      undefined,
      true,
    ]);
    assert.equal(exec('do it').review, undefined);
    for (const wrong of [
      ['do it', '--base', 'main'],
      ['review', '--base', 'main', '--commit', 'abc'],
      ['review', '--image', 'a.png'],
    ]) {
      assert.throws(() => exec(...wrong), UsageError);
    }
  });
});
