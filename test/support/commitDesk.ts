import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { RepositoryError } from '../../src/ports/repository';
import { git, makeRepository } from './gitRepository';
import { customCall, functionCall, message, respond } from './scriptedServer';
import { startTestThreads, type TestThreads } from './testThreads';

type Steps = readonly ReturnType<typeof respond>[];

export const patch = (body: string) =>
  respond(customCall('apply_patch', `*** Begin Patch\n${body}\n*** End Patch`, 'c1'));
export const shell = (cmd: string) => respond(functionCall('exec_command', { cmd }, 'c1'));
export const done = respond(message('Done.'));

export const lines = (...words: string[]) => words.map((word) => `${word}\n`).join('');
export const ten = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
/** The ten lines with some of them replaced, by their numbers. */
export const tenWith = (replaced: Record<number, string>) =>
  lines(...ten.map((word, index) => replaced[index + 1] ?? word));
export const signal = () => AbortSignal.timeout(30_000);

/** A person at a repository in which an agent works: what they do and see, for the tests of a suite. */
export class CommitDesk {
  agent!: TestThreads;

  constructor() {
    afterEach(() => this.agent.dispose());
  }

  /** An agent on a repository with these files committed, whose turns begin with these steps. */
  start = async (files: Readonly<Record<string, string | Uint8Array>>, ...steps: Steps) => {
    this.agent = await startTestThreads(
      files,
      steps.flatMap((step) => [step, done]),
    );
    makeRepository(this.agent.workspace.path);
  };
  run = (...args: string[]) => git(this.agent.workspace.path, ...args);
  at = (path: string) => this.agent.workspace.at(path);
  read = (path: string) => readFileSync(this.at(path), 'utf8');

  /** Accepts a file, or one of its hunks, counted from 0. */
  accept = (path: string, hunk?: number) => {
    const file = this.agent.thread.state.changes.files.find((each) => each.path === path);
    const hunkId = hunk === undefined ? undefined : file?.hunks[hunk]?.id;
    return this.agent.thread.resolveChanges('accept', { path, ...(hunkId ? { hunkId } : {}) });
  };
  acceptAll = () => this.agent.thread.resolveChanges('accept', {});
  preview = () => this.agent.thread.commits.preview(signal());
  commit = async (text = 'Change things') => {
    const { token } = await this.preview();
    await this.agent.thread.commits.commit({ message: text, token }, signal());
  };

  committed = (path: string) => this.run('show', `HEAD:${path}`);
  staged = (path: string) => this.run('show', `:${path}`);
  status = () => this.run('status', '--porcelain');
  /** Everything that must not move while something is refused. */
  standing = () => [this.run('rev-parse', 'HEAD'), this.run('ls-files', '--stage'), this.status()];
  /** Asserts that a commit is refused with these words and changes nothing. */
  refused = async (words: RegExp): Promise<RepositoryError> => {
    const before = this.standing();
    const refusal = await this.commit().then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(refusal instanceof RepositoryError);
    assert.match(refusal.message, words);
    assert.deepEqual(this.standing(), before);
    return refusal;
  };
}
