import { join } from 'node:path';
import * as vscode from 'vscode';
import { createHiddenFiles } from '../../adapters/disk/hiddenFiles';
import { listFiles } from '../../adapters/disk/listFiles';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { HiddenFiles } from '../../ports/hiddenFiles';
import type { Attachment, TextAttachment } from '../../protocol/input';
import type { CommandExecutionItem } from '../../protocol/items';
import type { FoundMention, Mention, MentionScope, SymbolMention } from '../../protocol/mentions';
import type { Host } from '../host';
import { attachFile } from '../pickAttachments';
import { refuseHidden } from '../refuseHidden';
import { requireTrust } from '../requireTrust';
import { findRipgrep } from '../ripgrepPath';
import type { Shown } from '../shownThread';
import { activeFolder, pathInFolder } from '../workspaceFolder';
import { boundedText, noFolder, nothingThere } from './boundedText';
import { attachDiff } from './diffText';
import { FileIndex } from './fileIndex';
import { attachProblems } from './problemsText';
import { openFiles, RecentFiles } from './recentFiles';
import { findSymbols, linesOfSymbol } from './symbols';
import { TerminalOutput } from './terminalOutput';

const maxFound = 30;
const maxListed = 400;

/** What the agent may see of a folder, and the names of what is in it. */
interface MentionedFolder {
  readonly hidden: HiddenFiles;
  readonly index: FileIndex;
}

/** Finds what a person means by `@`, and makes attachments of it; always in the folder of the thread that is shown. */
export class Mentions implements Disposable {
  private readonly store = new DisposableStore();
  private readonly folders = new Map<string, MentionedFolder>();
  private readonly recent = this.store.add(new RecentFiles());
  private readonly terminals = this.store.add(new TerminalOutput());
  private searches = 0;

  constructor(private readonly host: Pick<Host, 'settings'>) {}

  async search(shown: Shown, scope: MentionScope, text: string): Promise<readonly FoundMention[]> {
    const search = ++this.searches;
    const folder = folderOf(shown);
    const { index, hidden } = this.lookAt(folder);
    if (scope === 'symbol') {
      return findSymbols(folder, text, (path) => !hidden.isHidden(path));
    }
    const open = new Set(openFiles(folder));
    const found =
      text === '' && scope === 'all'
        ? [...open].filter((path) => !hidden.isHidden(join(folder, path)))
        : await index.search({
            text,
            recent: this.recent.in(folder),
            limit: maxFound,
            ...(scope !== 'all' && {
              accept: (path) => path.endsWith('/') === (scope === 'folder'),
            }),
          });
    if (search !== this.searches) return [];
    return found
      .slice(0, maxFound)
      .map((path) =>
        path.endsWith('/')
          ? { kind: 'folder', path: path.slice(0, -1) }
          : { kind: 'file', path, ...(open.has(path) ? { open: true } : {}) },
      );
  }

  /** @throws RequestError where it is not there, or hidden from the agent. */
  async attach(shown: Shown, mention: Mention): Promise<Attachment> {
    const folder = folderOf(shown);
    const { hidden } = this.lookAt(folder);
    switch (mention.kind) {
      case 'file':
        return attachFile(this.host.settings, folder, vscode.Uri.file(join(folder, mention.path)));
      case 'folder':
        return this.attachFolder(folder, mention.path);
      case 'symbol':
        return this.attachSymbol(folder, mention);
      case 'problems':
        return attachProblems(folder, (path) => !hidden.isHidden(path));
      case 'diff':
        return attachDiff(folder, (path) => !hidden.isHidden(join(folder, path)));
      case 'terminal':
        return this.attachTerminal(shown);
    }
  }

  dispose(): void {
    for (const { index } of this.folders.values()) index.dispose();
    this.store.dispose();
  }

  private lookAt(root: string): MentionedFolder {
    const known = this.folders.get(root);
    if (known) return known;
    const hidden = createHiddenFiles({
      root,
      personal: () => this.host.settings.get('hiddenFiles'),
    });
    const rgPath = findRipgrep(vscode.env.appRoot);
    const list = (signal: AbortSignal) => listFiles(rgPath, root, signal);
    const index = new FileIndex({ root, list, hidden });
    const pattern = new vscode.RelativePattern(vscode.Uri.file(root), '**/*');
    const watcher = this.store.add(
      vscode.workspace.createFileSystemWatcher(pattern, false, true, false),
    );
    for (const event of [watcher.onDidCreate, watcher.onDidDelete]) {
      this.store.add(event(() => index.markStale()));
    }
    const made = { hidden, index };
    this.folders.set(root, made);
    return made;
  }

  /** Its files, or where they are many what lies directly in it. */
  private async attachFolder(folder: string, path: string): Promise<TextAttachment> {
    pathInFolder(folder, vscode.Uri.file(join(folder, path)));
    refuseHidden(this.host.settings, folder, path);
    const within = await this.lookAt(folder).index.below(`${path}/`);
    const files = within.filter((each) => !each.endsWith('/'));
    if (files.length === 0) {
      throw nothingThere(vscode.l10n.t('There are no files to list in {0}.', path));
    }
    const lines = files.length <= maxListed ? [...files].sort() : directly(`${path}/`, files);
    return { kind: 'text', source: 'folder', name: path, ...boundedText(lines) };
  }

  private async attachSymbol(folder: string, mention: SymbolMention): Promise<Attachment> {
    const { path, name } = mention;
    const file = vscode.Uri.file(join(folder, path));
    pathInFolder(folder, file);
    refuseHidden(this.host.settings, folder, path);
    const document = await vscode.workspace.openTextDocument(file);
    const range = await linesOfSymbol(document, mention);
    return {
      kind: 'selection',
      path,
      startLine: range.start.line + 1,
      endLine: range.end.line + 1,
      text: document.getText(range),
      symbol: name,
    };
  }

  /** The last command of the person's active terminal; where there is none, the agent's own. */
  private attachTerminal(shown: Shown): TextAttachment {
    const own = this.terminals.active() ?? lastOfAgent(shown);
    if (!own) {
      throw nothingThere(
        vscode.l10n.t('No terminal has printed anything since this view was opened.'),
      );
    }
    const { name, command, output, cut } = own;
    const bounded = boundedText([`$ ${command}`, ...output.split('\n')]);
    return {
      ...{ kind: 'text', source: 'terminal', name },
      ...bounded,
      ...(cut ? { cut } : {}),
    };
  }
}

/** The folder of the shown thread, or of the next one. @throws RequestError where there is none that is trusted. */
function folderOf({ current }: Shown): string {
  const folder = current?.cwd ?? activeFolder()?.uri.fsPath;
  if (folder === undefined) throw noFolder();
  requireTrust(folder);
  return folder;
}

function lastOfAgent({ state }: Shown) {
  const items = state?.turns.flatMap(({ entries }) =>
    entries.filter((entry): entry is CommandExecutionItem => entry.type === 'commandExecution'),
  );
  const last = items?.at(-1);
  return last && { name: 'Tandem', command: last.command, output: last.output, cut: false };
}

/** The files and folders directly in a folder (with `/` at its end), each folder with how many files are below it. */
function directly(folder: string, files: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of files) {
    const [name = '', ...deeper] = path.slice(folder.length).split('/');
    const entry = deeper.length > 0 ? `${folder}${name}/` : `${folder}${name}`;
    counts.set(entry, (counts.get(entry) ?? 0) + 1);
  }
  return [...counts]
    .map(([entry, count]) => (entry.endsWith('/') ? `${entry} (${count} files below)` : entry))
    .sort();
}
