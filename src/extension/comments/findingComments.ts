import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { openFindings } from '../../protocol/openFindings';
import type { ReviewFinding, Severity } from '../../protocol/review';
import type { Review } from '../editors/review';
import { plainLine } from '../pickText';
import type { Settings } from '../settings';
import type { Shown } from '../shownThread';
import { agentMarkdown } from './agentMarkdown';
import type { CommentThreads } from './commentThreads';

/** What the menus of the manifest look for; the finding's id follows. */
const contextPrefix = 'tandem.finding:';

/**
 * The open findings of the shown thread as comments beside their lines. VS Code moves a comment with the text around
 * it, so one that is there stays as it is.
 */
export class FindingComments implements Disposable {
  private readonly store = new DisposableStore();
  private readonly byFinding = new Map<string, vscode.CommentThread>();

  constructor(
    private readonly comments: CommentThreads,
    private readonly host: {
      readonly shown: Shown;
      readonly review: Review;
      readonly settings: Settings;
    },
  ) {
    const { shown, review, settings } = host;
    this.store.add(shown.onDidChange(() => this.update()));
    this.store.add(review.onDidChange(() => this.update()));
    this.store.add(settings.onDidChange(() => this.update()));
    this.store.add(
      shown.onEvent((event) => {
        const reviewed = event.type === 'item.completed' && event.item.type === 'review';
        if (reviewed || event.type === 'finding.resolved') this.update();
      }),
    );
    this.update();
  }

  /** The threads that are shown now. */
  get threads(): readonly vscode.CommentThread[] {
    return [...this.byFinding.values()];
  }

  dispose(): void {
    this.store.dispose();
    for (const thread of this.byFinding.values()) thread.dispose();
    this.byFinding.clear();
  }

  private update(): void {
    const { shown, settings } = this.host;
    const least = settings.get('review.confidence');
    const open = shown.state && !shown.readOnly ? openFindings(shown.state) : [];
    const wanted = new Map(
      open
        .map(({ finding }) => [finding.id, finding] as const)
        // What is not in the file any more has no lines to stand beside.
        .filter(([, { confidence, gone }]) => confidence >= least && !gone),
    );
    for (const [id, thread] of this.byFinding) {
      if (wanted.has(id)) continue;
      thread.dispose();
      this.byFinding.delete(id);
    }
    for (const [id, finding] of wanted) {
      if (!this.byFinding.has(id)) this.byFinding.set(id, this.create(finding));
    }
  }

  private create(finding: ReviewFinding): vscode.CommentThread {
    const uri = this.host.review.uriOf(finding.path);
    const range = new vscode.Range(finding.startLine - 1, 0, finding.endLine - 1, 0);
    const thread = this.comments.create(uri, range, [
      {
        author: { name: vscode.l10n.t('Tandem review') },
        body: bodyOf(finding),
        mode: vscode.CommentMode.Preview,
      },
    ]);
    thread.label = labelOf(finding);
    thread.contextValue = contextPrefix + finding.id;
    thread.canReply = false;
    // Nothing opens by itself.
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
    return thread;
  }
}

/** The finding that a comment's menu was opened on, or that a caller named. */
export function findingIdOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null || !('contextValue' in argument)) {
    return undefined;
  }
  const { contextValue } = argument;
  if (typeof contextValue !== 'string' || !contextValue.startsWith(contextPrefix)) return undefined;
  return contextValue.slice(contextPrefix.length);
}

/** The words are a model's. */
function bodyOf({ title, body }: ReviewFinding): vscode.MarkdownString {
  const heading = plainLine(title).replace(/[\\`*_{}[\]()#+!<>~|&-]/g, '\\$&');
  return new vscode.MarkdownString(`**${heading}**\n\n${agentMarkdown(body)}`);
}

function labelOf({ severity, confidence }: ReviewFinding): string {
  return vscode.l10n.t('{0}, {1} % sure', severityNames()[severity], Math.round(confidence * 100));
}

function severityNames(): Readonly<Record<Severity, string>> {
  return {
    critical: vscode.l10n.t('Critical'),
    major: vscode.l10n.t('Major'),
    minor: vscode.l10n.t('Minor'),
    nit: vscode.l10n.t('Nit'),
  };
}
