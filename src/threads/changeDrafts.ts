import * as l10n from '@vscode/l10n';
import { errorMessage } from '../base/errorMessage';
import { summarizeChange } from '../changes/summarizeChange';
import type { ContentStore } from '../ports/contentStore';
import type { Log } from '../ports/log';
import type { Model } from '../ports/model';
import { RepositoryError, type Repository } from '../ports/repository';
import { FileAccessError, type WorkspaceFiles } from '../ports/workspaceFiles';
import type { ContentId } from '../protocol/ids';
import type { FileChangeSummary } from '../protocol/items';
import { askWriter, type WriterRequest } from './askWriter';
import type { AcceptedCommits } from './acceptedCommits';
import { changesText, checkCitations, describeStyle, logStyle, plainMessage } from './changeWords';
import type { EventLog } from './eventLog';
import { checkLines, threadChecks } from './threadChecks';
import { visibleChanges, type Sight } from './visibleChanges';

/** What drafting needs of a thread. */
export interface DraftParts extends Sight {
  readonly events: EventLog;
  readonly files: WorkspaceFiles;
  readonly contents: ContentStore;
  readonly repository: Repository | undefined;
  readonly commits: AcceptedCommits;
  readonly model: Model;
  readonly log: Log;
  /** Whether the model is asked at all; it is where this is absent. */
  readonly asksForWords: (() => Promise<boolean>) | undefined;
}

/** Words for the person to edit. */
export interface Draft {
  readonly text: string;
  /** `plain`: no model could be asked, so it only names the files. */
  readonly by: 'model' | 'plain';
}

const exampleSubjects = 20;
/** Characters of what the person asked for that a request holds. */
const maxTask = 4000;

const commitInstructions = `You write the message of one git commit, from its diff.
Answer with the message alone, no quotes and no code fence: a subject line of at most 72 characters, and, where the change does not speak for itself, an empty line and a short body, wrapped at 72 characters, that says why and what follows from it.
Follow the style of the newest subjects of this repository: language, tense, capitals, prefixes. Where you point at code, write path:line with the line numbers of the diff. Name a check only with the outcome it is listed with. Say nothing that the diff does not show or the person did not say.`;

const pullRequestInstructions = `You write the title and the description of a pull request, from its changes.
Answer with the title alone on the first line (at most 72 characters, no markup), an empty line, and the description in Markdown: what changes for whom and why in a sentence or two, then the changes worth knowing as a list, each with the place as path:line with the line numbers of the diff. No headings, no code fence around it. Say nothing about tests, lint or builds: what ran is added below by itself. Follow the style of the newest subjects of this repository. Say nothing that the diff does not show or the person did not say.`;

/** Words for commits and pull requests, drafted by the model from what changed. */
export class ChangeDrafts {
  constructor(private readonly parts: DraftParts) {}

  /**
   * A message for a commit of what was accepted; where nothing is, of what waits for review, else of all that changed.
   * @throws RepositoryError where nothing changed; an AbortError where it was stopped.
   */
  async commitMessage(signal: AbortSignal): Promise<Draft> {
    const changes = await this.nextChanges(signal);
    requireChanges(changes);
    const subjects = await this.subjects(signal);
    const request = { instructions: commitInstructions, kind: 'commit' };
    const written = await this.ask(request, changes, subjects, signal);
    const message = written && checkCitations(unwrap(written), changes);
    return message
      ? { text: message, by: 'model' }
      : { text: plainMessage(changes, subjects), by: 'plain' };
  }

  /**
   * A pull request of everything the thread changed, as Markdown: its title as the heading, its description, and the
   * checks that ran with how they ended, which no model has a say in.
   * @throws RepositoryError where nothing changed; an AbortError where it was stopped.
   */
  async pullRequest(signal: AbortSignal): Promise<Draft> {
    const changes = await this.threadChanges();
    requireChanges(changes);
    const subjects = await this.subjects(signal);
    const request = { instructions: pullRequestInstructions, kind: 'pull-request' };
    const written = await this.ask(request, changes, subjects, signal);
    const [title = '', ...rest] = checkCitations(unwrap(written ?? ''), changes).split('\n');
    const heading = title.replace(/^#+\s*/, '').trim();
    const description = rest.join('\n').trim();
    const by = heading === '' ? 'plain' : 'model';
    const text = [
      `# ${heading || plainMessage(changes, subjects)}`,
      description || changes.map(fileLine).join('\n'),
      '## Checks',
      checkLines(threadChecks(this.parts.events.state)).join('\n'),
    ];
    return { text: `${text.join('\n\n')}\n`, by };
  }

  private async nextChanges(signal: AbortSignal): Promise<readonly FileChangeSummary[]> {
    const { accepted, changes } = this.parts.events.state;
    if (accepted.length > 0) return (await this.parts.commits.plan(signal)).changes;
    if (changes.files.length === 0) return this.threadChanges();
    return Promise.all(
      changes.files.map(async ({ path, baseline, live }) =>
        summarizeChange(path, await this.contentOf(baseline), await this.contentOf(live)),
      ),
    );
  }

  private async contentOf(id: ContentId | null): Promise<Uint8Array | null> {
    return id === null ? null : this.parts.contents.get(id);
  }

  /** What the thread's files were before it first wrote them, against what they are now. */
  private async threadChanges(): Promise<readonly FileChangeSummary[]> {
    const { events, contents, files } = this.parts;
    const first = new Map<string, string | null>();
    for (const write of events.state.writes) {
      for (const { path, before } of write.files) if (!first.has(path)) first.set(path, before);
    }
    const changes: FileChangeSummary[] = [];
    for (const [path, id] of [...first].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const now = await files.read(path).catch((error: unknown) => {
        if (error instanceof FileAccessError) return null;
        throw error;
      });
      if ((now && contents.idOf(now)) === id) continue;
      const before = id === null ? null : await contents.get(id).catch(() => undefined);
      // Kept no longer: that it changed is still known.
      if (before === undefined)
        changes.push({ path, kind: 'update', diff: '', added: 0, removed: 0 });
      else changes.push(summarizeChange(path, before, now));
    }
    return changes;
  }

  /** Undefined where the model cannot be asked, or does not answer. @throws an AbortError where it was stopped. */
  private async ask(
    request: Pick<WriterRequest, 'instructions' | 'kind'>,
    changes: readonly FileChangeSummary[],
    subjects: readonly string[],
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { events, log, asksForWords } = this.parts;
    if (asksForWords && !(await asksForWords())) return undefined;
    const text = [
      part('newest_subjects', subjects.join('\n')),
      subjects.length > 0 ? part('style', describeStyle(logStyle(subjects))) : '',
      part('task', taskOf(events).slice(0, maxTask)),
      part('checks', checkLines(threadChecks(events.state)).join('\n')),
      part('changes', changesText(visibleChanges(this.parts, changes))),
    ];
    try {
      return await askWriter(this.parts, { ...request, text: text.join('') }, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      log.info(`No words were drafted: ${errorMessage(error)}`);
      return undefined;
    }
  }

  private async subjects(signal: AbortSignal): Promise<readonly string[]> {
    return (await this.parts.repository?.subjects(exampleSubjects, signal)) ?? [];
  }
}

function requireChanges(changes: readonly FileChangeSummary[]): void {
  if (changes.length === 0) throw new RepositoryError(l10n.t('This thread has changed nothing.'));
}

/** What the person asked for, oldest first. */
function taskOf({ state }: EventLog): string {
  const said = state.turns.flatMap(({ entries }) =>
    entries.flatMap((entry) => (entry.type === 'userMessage' ? [entry.input.text] : [])),
  );
  return said.join('\n---\n');
}

function part(tag: string, text: string): string {
  return text === '' ? '' : `<${tag}>\n${text}\n</${tag}>\n`;
}

/** Models like to put a fence or quotes around what is to be the whole answer. */
function unwrap(answer: string): string {
  const text = answer.trim();
  const fenced = /^```[\w-]*\n([^]*?)\n?```$/.exec(text)?.[1] ?? text;
  return fenced.trim().replace(/^(["“`])([^"“”`]*)["”`]$/, '$2');
}

function fileLine({ path, kind, added, removed }: FileChangeSummary): string {
  const verb = { add: 'New', delete: 'Deleted', update: 'Changed' }[kind];
  return `- ${verb}: \`${path}\` (+${added} −${removed})`;
}
