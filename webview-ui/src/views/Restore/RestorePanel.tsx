import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type {
  CheckpointRef,
  RestoreFile,
  RestorePreview,
  RestoreScope,
} from '../../../../src/protocol/checkpoints';
import { Button } from '../../components/controls';
import { FileLabel, LineCounts } from '../../components/FileLabel';
import { Icon } from '../../components/Icon';
import { formatNumber } from '../../format';
import { useAct, useModel, useView } from '../../viewContext';
import { checkpointWords, conflictWords, outcomeWords } from './checkpointWords';

/** What going back would do, and the choice of what goes back. Nothing changes before a button is pressed. */
export function RestorePanel(props: {
  readonly checkpoint: CheckpointRef;
  readonly onClose: () => void;
}): ReactElement | null {
  const { checkpoint, onClose } = props;
  const { connection, drafts, threads } = useView();
  const words = useModel(({ thread }) => thread && checkpointWords(thread, checkpoint));
  const [preview, setPreview] = useState<RestorePreview | null>(null);
  const [taken, setTaken] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLElement>(null);

  useEffect(() => {
    let shown = true;
    connection.request('checkpoint/preview', { checkpoint }).then(
      (answer) => shown && setPreview(answer),
      (error: unknown) => {
        threads.reportError(error);
        if (shown) onClose();
      },
    );
    return () => {
      shown = false;
    };
  }, [connection, threads, checkpoint, onClose]);
  // The person opened it: what follows is there.
  useEffect(() => box.current?.focus(), []);

  async function restore(scope: RestoreScope): Promise<void> {
    setBusy(true);
    try {
      const takeCheckpoint = taken;
      const { input } = await connection.request('checkpoint/restore', {
        checkpoint,
        scope,
        takeCheckpoint,
      });
      threads.report(null);
      const { text, attachments } = drafts.get();
      // What was said there can be said differently; what the person had begun to write stays behind it.
      if (input) {
        drafts.replace({
          text: [input.text, text].filter(Boolean).join('\n\n'),
          attachments: [...input.attachments, ...attachments],
        });
      }
    } catch (error) {
      threads.reportError(error);
    }
    onClose();
  }

  if (words === null) return null;
  return (
    <section
      className="approval restore"
      role="dialog"
      aria-label={l10n.t('Restore')}
      tabIndex={-1}
      ref={box}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <div className="approval-head">
        <Icon name="discard" tone="accent" />
        <strong>{l10n.t('Back to before')}</strong>
        <span className="restore-place">{words}</span>
      </div>
      <div className="approval-body">
        {preview && (
          <Preview
            preview={preview}
            taken={taken}
            onTake={(path) =>
              setTaken(
                taken.includes(path) ? taken.filter((one) => one !== path) : [...taken, path],
              )
            }
          />
        )}
      </div>
      <Choices
        preview={preview}
        busy={busy}
        onRestore={(scope) => void restore(scope)}
        onClose={onClose}
      />
    </section>
  );
}

function Preview(props: {
  readonly preview: RestorePreview;
  readonly taken: readonly string[];
  readonly onTake: (path: string) => void;
}): ReactElement {
  const { preview, taken, onTake } = props;
  const { files, turns, checkpoint } = preview;
  return (
    <>
      {files.length === 0 ? (
        <p className="note">{l10n.t('No file would change.')}</p>
      ) : (
        <ul className="restore-files" aria-label={l10n.t('Files that go back')}>
          {files.map((file) => (
            <FileLine
              key={file.path}
              file={file}
              checkpoint={checkpoint}
              taken={taken.includes(file.path)}
              onTake={() => onTake(file.path)}
            />
          ))}
        </ul>
      )}
      {turns > 0 && (
        <p className="note">
          {turns === 1
            ? l10n.t(
                'In the conversation, 1 turn would go. You can undo it until you send a new message.',
              )
            : l10n.t(
                'In the conversation, {0} turns would go. You can undo it until you send a new message.',
                formatNumber(turns),
              )}
        </p>
      )}
    </>
  );
}

function FileLine(props: {
  readonly file: RestoreFile;
  readonly checkpoint: CheckpointRef;
  readonly taken: boolean;
  readonly onTake: () => void;
}): ReactElement {
  const { file, checkpoint, taken, onTake } = props;
  const { path, outcome } = file;
  const act = useAct();
  const conflict = outcome === 'conflict';
  return (
    <li className="restore-file">
      <div className="restore-line">
        <FileLabel path={path} />
        {outcome !== 'lost' && <LineCounts added={file.added} removed={file.removed} />}
      </div>
      <div className={`restore-outcome ${outcome}`}>
        {(conflict || outcome === 'lost') && <Icon name="warning" tone="warning" />}
        <span>{conflict ? conflictWords(taken) : outcomeWords(file)}</span>
      </div>
      {conflict && (
        <div className="restore-conflict">
          <Button
            name={
              taken
                ? l10n.t('Keep mine in {0}', path)
                : l10n.t('Take the earlier text in {0}', path)
            }
            onPress={onTake}
          >
            {taken ? l10n.t('Keep mine') : l10n.t('Take the earlier text')}
          </Button>
          <Button
            look="link"
            name={l10n.t('Compare {0}', path)}
            onPress={() => act('checkpoint/compare', { checkpoint, path })}
          >
            {l10n.t('Compare')}
          </Button>
        </div>
      )}
    </li>
  );
}

function Choices(props: {
  readonly preview: RestorePreview | null;
  readonly busy: boolean;
  readonly onRestore: (scope: RestoreScope) => void;
  readonly onClose: () => void;
}): ReactElement {
  const { preview, busy, onRestore, onClose } = props;
  const files = !busy && preview !== null && preview.files.length > 0;
  const conversation = !busy && preview !== null && preview.turns > 0;
  const onlyFiles = preview !== null && preview.turns === 0;
  return (
    <div className="approval-buttons" role="group" aria-label={l10n.t('What goes back')}>
      <Button
        look={onlyFiles ? 'primary' : 'secondary'}
        name={l10n.t('Files: restore them')}
        disabled={!files}
        onPress={() => onRestore('files')}
      >
        {l10n.t('Files')}
      </Button>
      {!onlyFiles && (
        <>
          <Button
            name={l10n.t('Conversation: restore it')}
            disabled={!conversation}
            onPress={() => onRestore('conversation')}
          >
            {l10n.t('Conversation')}
          </Button>
          <Button
            look="primary"
            name={l10n.t('Both: restore files and conversation')}
            disabled={!conversation}
            onPress={() => onRestore('both')}
          >
            {l10n.t('Both')}
          </Button>
        </>
      )}
      <Button look="link" onPress={onClose}>
        {l10n.t('Cancel')}
      </Button>
    </div>
  );
}
