import { runInSlices } from '../base/slices';
import type { Content } from '../changes/content';
import { hunkOriginSteps, type TextWrite } from '../changes/hunkOrigins';
import { previewHunk } from '../changes/previewHunk';
import { decodePair, decodeText } from '../changes/textFile';
import type { ContentStore } from '../ports/contentStore';
import type { HunkOrigins, HunkPreview } from '../protocol/changePreview';
import type { ChangedFile } from '../protocol/changes';
import type { ContentId } from '../protocol/ids';
import type { ThreadState } from '../protocol/threadState';

/** What reading a change needs of a thread. */
export interface PreviewParts {
  readonly events: { readonly state: ThreadState };
  readonly contents: Pick<ContentStore, 'get'>;
}

/** What of the change set is only worked out when a person looks at it. */
export class ChangePreviews {
  constructor(private readonly parts: PreviewParts) {}

  /**
   * A hunk with the lines around it; undefined where it is not there any more.
   * @throws Error where a content is no longer stored.
   */
  async hunk(path: string, hunkId: string, whole: boolean): Promise<HunkPreview | undefined> {
    const file = this.parts.events.state.changes.files.find((each) => each.path === path);
    if (!file) return undefined;
    const texts = decodePair(await this.read(file.baseline), await this.read(file.live));
    return texts && previewHunk(file, hunkId, texts, whole);
  }

  /** Which calls made which hunk, of the files that several calls wrote; what cannot be told any more is left out. */
  async origins(): Promise<HunkOrigins> {
    const { changes, writes } = this.parts.events.state;
    const origins: Record<string, HunkOrigins[string]> = {};
    for (const file of changes.files) {
      if (file.origins.length < 2 || file.hunks.length === 0) continue;
      const found = await this.originsOf(file, writes).catch(() => undefined);
      if (found) origins[file.path] = found;
    }
    return origins;
  }

  private async originsOf(file: ChangedFile, records: ThreadState['writes']) {
    const writes: TextWrite[] = [];
    for (const { itemId, files } of records) {
      const write = files.find(({ path }) => path === file.path);
      if (!write) continue;
      const [before, after] = [await this.text(write.before), await this.text(write.after)];
      if (before === undefined || after === undefined) return undefined;
      writes.push({ itemId, before, after });
    }
    const live = await this.text(file.live);
    if (live === undefined || writes.length === 0) return undefined;
    return runInSlices(hunkOriginSteps(writes, live, file.hunks));
  }

  /** An absent file is the empty text; undefined for a binary one. */
  private async text(id: ContentId | null): Promise<string | undefined> {
    const content = await this.read(id);
    return content === null ? '' : decodeText(content)?.text;
  }

  private async read(id: ContentId | null): Promise<Content> {
    return id === null ? null : this.parts.contents.get(id);
  }
}
