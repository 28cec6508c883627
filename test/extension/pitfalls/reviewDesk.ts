import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Host } from '../../../src/extension/host';
import type { ChangedFile, Resolution } from '../../../src/protocol/changes';
import {
  customCall,
  functionCall,
  message,
  respond,
  startScriptedServer,
  type ScriptedRequest,
  type ScriptedServer,
} from '../../support/scriptedServer';
import type { ScriptedOutput } from '../../support/scriptedOutput';
import { pendingFile, tandemHost, until, workspaceFile, workspaceFolder } from '../tandemHost';

/** Below the folder of the window. */
const area = 'pitfalls';

/** What does not come in this time does not come. */
const patienceMs = 60_000;

/** What a file is to be: bytes on the disk, text in the editor. */
interface Standing {
  /** Null where there is no file. */
  readonly disk: string | Uint8Array | null;
  /** The same as on the disk unless given; a file that is not open has none. */
  readonly buffer?: string;
  readonly dirty?: boolean;
}

/** The agent, the person and the files of one test, in a real window. Paths are as the thread names them. */
export class ReviewDesk {
  private server!: ScriptedServer;
  /** By thread: its history grows, so the last request has all. */
  private readonly lastRequests = new Map<string, ScriptedRequest>();
  private answers: (ScriptedOutput | ((request: ScriptedRequest) => ScriptedOutput))[] = [];
  /** Each test has one of its own: the editor keeps closed files in memory for a while. */
  private folder = newFolder();
  host!: Host;

  /** Starts the model; settings take long to change, so it serves all tests of a suite. */
  async begin(): Promise<void> {
    this.host = await tandemHost();
    this.server = await startScriptedServer((request) => {
      const next = this.answers.shift() ?? message('Done.');
      return respond(typeof next === 'function' ? next(request) : next);
    });
    await setBaseUrl(this.server.baseUrl);
    await this.host.credentials.storeKey('test-key');
  }

  async end(): Promise<void> {
    await setBaseUrl(undefined);
    await this.host.credentials.clearKey();
    await this.server.close();
    assert.deepEqual(this.server.violations, []);
  }

  /** Leaves nothing of a test behind. */
  async clear(): Promise<void> {
    this.answers = [];
    if (this.host.review.files.length > 0) {
      await vscode.commands.executeCommand('tandem.acceptAll');
    }
    this.host.shown.clear();
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty || document.uri.scheme !== 'file') continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    for (const notebook of vscode.workspace.notebookDocuments) {
      if (!notebook.isDirty) continue;
      await vscode.window.showNotebookDocument(notebook);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(workspaceFile(area).fsPath, { recursive: true, force: true });
    this.folder = newFolder();
  }

  /** A path of the thread's folder for a name of a test. */
  path(name: string): string {
    return `${this.folder}/${name}`;
  }

  uri(name: string): vscode.Uri {
    return workspaceFile(this.path(name));
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await vscode.workspace.fs.writeFile(this.uri(name), Buffer.from(content));
  }

  disk(name: string): Buffer | null {
    const { fsPath } = this.uri(name);
    return existsSync(fsPath) ? readFileSync(fsPath) : null;
  }

  async open(name: string): Promise<vscode.TextEditor> {
    return vscode.window.showTextDocument(this.uri(name), { preview: false });
  }

  /**
   * Waits until an open editor has this text from the disk. VS Code's watcher loses sight of folders that come and go
   * as fast as those of tests; the editor is then asked to load its file again.
   */
  async shows(name: string, text: string): Promise<void> {
    const { document } = await this.open(name);
    const endAt = Date.now() + patienceMs;
    while (document.getText() !== text && Date.now() < endAt) {
      const askAt = Date.now() + 3_000;
      await until(() => document.getText() === text || Date.now() > askAt);
      if (document.getText() === text) break;
      await this.open(name);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    assert.ok(
      document.getText() === text,
      `${name} in the editor: ${document.getText().slice(0, 300)}`,
    );
  }

  async type(name: string, line: number, text: string): Promise<void> {
    const editor = await this.open(name);
    await editor.edit((edit) => edit.insert(new vscode.Position(line, 0), text));
  }

  /** One turn, in a new thread or the one that is shown, whose model makes these calls one after the other. */
  async turn(...calls: typeof this.answers): Promise<void> {
    this.answers = [...calls];
    const thread = this.host.shown.current ?? (await this.host.shown.start(workspaceFolder()));
    const context = this.host.settings.turnContext(thread.cwd);
    await thread.startTurn(
      { text: 'Go on.', attachments: [] },
      { ...context, approvalPolicy: 'never', sandboxMode: 'full-access' },
    );
    const turn = thread.state.turns.at(-1);
    assert.equal(turn?.status, 'completed', turn?.error?.message);
    const request = this.requests.at(-1);
    if (request) this.lastRequests.set(thread.id, request);
  }

  /** Every request the model got so far. */
  get requests(): readonly ScriptedRequest[] {
    return this.server.requests;
  }

  /** What the model is sent of the review with its next request; empty where it is nothing. */
  async told(): Promise<string> {
    const before = this.toldSoFar().length;
    await this.turn();
    return this.toldSoFar().slice(before).join('\n');
  }

  /** All that the model was sent of the review in the thread that is shown. */
  toldSoFar(): readonly string[] {
    return reviewsIn(this.lastRequests.get(this.host.shown.current?.id ?? ''));
  }

  /** The pending change of a file, when it is there. */
  pending(name: string): ChangedFile | undefined {
    return pendingFile(this.host, this.path(name));
  }

  /** Waits until so many hunks of a file are pending; none where it is not under review. */
  async hunks(name: string, count: number): Promise<void> {
    const found = () => this.pending(name)?.hunks.length ?? 0;
    const endAt = Date.now() + patienceMs;
    await until(() => found() === count || Date.now() > endAt);
    const seen = this.pending(name)?.hunks.map(({ removed, added }) => ({ removed, added }));
    assert.equal(
      found(),
      count,
      `pending hunks of ${name}: ${JSON.stringify(seen)?.slice(0, 500)}`,
    );
  }

  /** Settles a hunk, by its number from 0, or the file, with the commands of the editor. */
  async settle(resolution: Resolution, name: string, hunk?: number): Promise<void> {
    if (hunk === undefined) {
      await vscode.commands.executeCommand(`tandem.${resolution}File`, this.uri(name));
      return;
    }
    const hunkId = this.pending(name)?.hunks[hunk]?.id;
    assert.ok(hunkId !== undefined, `hunk ${hunk} of ${name} is pending`);
    const path = this.path(name);
    await vscode.commands.executeCommand(`tandem.${resolution}Hunk`, { path, hunkId });
  }

  /** Undoes or redoes as the keyboard does; every step must come to the next of these texts. */
  async goBack(how: 'undo' | 'redo', name: string, ...texts: string[]): Promise<void> {
    const { document } = await this.open(name);
    for (const text of texts) {
      await vscode.commands.executeCommand(how);
      assert.equal(document.getText(), text, how);
    }
  }

  /** Compares the bytes on the disk, and the text in the editor where the file is open. */
  holds(name: string, { disk, buffer, dirty = false }: Standing): void {
    const expected = disk === null ? null : Buffer.from(disk);
    assert.deepEqual(readable(this.disk(name)), readable(expected), `${name} on the disk`);
    const document = this.document(name);
    if (!document) {
      assert.equal(buffer, undefined, `${name} is not open`);
      return;
    }
    assert.equal(document.getText(), buffer ?? expected?.toString(), `${name} in the editor`);
    assert.equal(document.isDirty, dirty, `${name} is unsaved`);
  }

  private document(name: string): vscode.TextDocument | undefined {
    const uri = this.uri(name).toString();
    return vscode.workspace.textDocuments.find(
      (document) => !document.isClosed && document.uri.toString() === uri,
    );
  }
}

/** A desk for the tests of a suite, cleared after each. */
export function useReviewDesk(): ReviewDesk {
  const desk = new ReviewDesk();
  before(() => desk.begin());
  afterEach(() => desk.clear());
  after(() => desk.end());
  return desk;
}

/** A call that replaces lines of a file; each chunk is written as in a patch. */
export function patchCall(path: string, ...chunks: string[][]): ScriptedOutput {
  const lines = chunks.flatMap((chunk) => ['@@', ...chunk]);
  const sections = [`*** Update File: ${path}`, ...lines];
  return customCall('apply_patch', ['*** Begin Patch', ...sections, '*** End Patch'].join('\n'));
}

/** A call that runs a command and waits for its end. */
export function shellCall(cmd: string): ScriptedOutput {
  return functionCall('exec_command', { cmd, yield_time_ms: 20_000 });
}

/** What the tool answered in a request's last output. */
export function lastOutput(request: ScriptedRequest | undefined): string {
  return String(request?.body.input.findLast(({ output }) => output !== undefined)?.output);
}

function newFolder(): string {
  return `${area}/${randomBytes(4).toString('hex')}`;
}

function reviewsIn(request: ScriptedRequest | undefined): string[] {
  const texts = JSON.stringify(request?.body.input ?? []).match(/<review>.*?<\/review>/g) ?? [];
  return texts.map((text) => JSON.parse(`"${text}"`) as string);
}

async function setBaseUrl(url: string | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('tandem');
  await configuration.update('baseUrl', url, vscode.ConfigurationTarget.Global);
}

/** Text where the bytes are text, so that a failure can be read. */
function readable(bytes: Buffer | null): string | Buffer | null {
  const text = bytes?.toString();
  return text !== undefined && bytes?.equals(Buffer.from(text)) ? text : bytes;
}
