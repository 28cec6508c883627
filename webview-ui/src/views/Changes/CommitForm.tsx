import * as l10n from '@vscode/l10n';
import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react';
import type { CommitPreview } from '../../../../src/protocol/commitPreview';
import { Button } from '../../components/controls';
import { FileLabel, LineCounts } from '../../components/FileLabel';
import { Icon } from '../../components/Icon';
import { Phrase } from '../../components/Phrase';
import { formatNumber } from '../../format';
import { useAct, useView } from '../../viewContext';

type Doing = 'looking' | 'drafting' | 'waiting' | 'committing';

/** A commit of what was accepted: what it holds, and its message, which the person edits before anything happens. */
export function CommitForm({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { connection } = useView();
  const act = useAct();
  const [preview, setPreview] = useState<CommitPreview | null>(null);
  const [doing, setDoing] = useState<Doing>('looking');
  const [problem, setProblem] = useState<string | null>(null);
  const [message, setMessage] = useState('');
  /** The person's own words are never replaced. */
  const typed = useRef(false);
  const shown = useRef(true);

  const look = useCallback(async (): Promise<CommitPreview | null> => {
    try {
      const found = await connection.request('commit/preview', {});
      if (shown.current) setPreview(found);
      return found;
    } catch (error) {
      if (shown.current) setProblem((error as Error).message);
      return null;
    }
  }, [connection]);

  useEffect(() => {
    shown.current = true;
    const draft = async () => {
      const found = await look();
      if (!shown.current) return;
      if (!found || found.files.length === 0) return setDoing('waiting');
      setDoing('drafting');
      const drafted = await connection.request('commit/draft', {}).catch(() => null);
      if (!shown.current) return;
      if (!typed.current) setMessage(drafted?.text ?? found.message);
      setDoing((now) => (now === 'drafting' ? 'waiting' : now));
    };
    void draft();
    return () => {
      shown.current = false;
    };
  }, [connection, look]);

  async function commit(token: string): Promise<void> {
    setDoing('committing');
    setProblem(null);
    try {
      await connection.request('commit/create', { message, token });
      if (shown.current) onClose();
    } catch (error) {
      if (!shown.current) return;
      setProblem((error as Error).message);
      await look();
      if (shown.current) setDoing('waiting');
    }
  }

  function close(): void {
    act('commit/stop', {});
    onClose();
  }

  const ready = doing !== 'committing' && preview !== null && preview.files.length > 0;
  return (
    <div
      className="commit-form"
      role="group"
      aria-label={l10n.t('Commit')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // It would stop what runs.
        event.preventDefault();
        close();
      }}
    >
      {preview && <CommitFiles preview={preview} />}
      <textarea
        className="field"
        aria-label={l10n.t('Commit message')}
        placeholder={
          doing === 'drafting' ? l10n.t('Drafting a message…') : l10n.t('Commit message')
        }
        // The person asked for it by pressing Commit accepted.
        autoFocus
        rows={3}
        value={message}
        readOnly={doing === 'committing'}
        onChange={(event) => {
          typed.current = true;
          setMessage(event.target.value);
        }}
      />
      {problem !== null && (
        <pre className="commit-problem" role="alert" tabIndex={0}>
          {problem}
        </pre>
      )}
      <div className="commit-buttons">
        <Button
          look="primary"
          disabled={!ready || message.trim() === ''}
          onPress={() => preview && void commit(preview.token)}
        >
          {l10n.t('Commit')}
        </Button>
        {(doing === 'drafting' || doing === 'committing') && (
          <Button onPress={() => act('commit/stop', {})}>
            {doing === 'drafting' ? l10n.t('Stop drafting') : l10n.t('Stop committing')}
          </Button>
        )}
        <Button look="link" name={l10n.t('Cancel the commit')} onPress={close}>
          {l10n.t('Cancel')}
        </Button>
        <span className="aside muted" role="status">
          {doing === 'committing'
            ? l10n.t('Committing; hooks may take a while…')
            : preview && place(preview)}
        </span>
      </div>
    </div>
  );
}

function place({ branch, files }: CommitPreview): string {
  const count = formatNumber(files.length);
  if (branch === null) {
    return files.length === 1
      ? l10n.t('1 file on a detached HEAD')
      : l10n.t('{0} files on a detached HEAD', count);
  }
  return files.length === 1
    ? l10n.t('1 file on {0}', branch)
    : l10n.t('{0} files on {1}', count, branch);
}

function CommitFiles({ preview }: { readonly preview: CommitPreview }): ReactElement {
  return (
    <ul className="commit-files" aria-label={l10n.t('Files of the commit')} tabIndex={0}>
      {preview.files.map(({ path, kind, binary, added, removed }) => (
        <li key={path}>
          <FileLabel path={path} />
          {kind !== 'update' && (
            <span className="tag">{kind === 'add' ? l10n.t('new') : l10n.t('deleted')}</span>
          )}
          {!binary && <LineCounts added={added} removed={removed} />}
        </li>
      ))}
      {preview.left.map(({ path, reason }) => (
        <li key={path} className="left">
          <Icon name="warning" tone="warning" />
          <span>
            <Phrase
              text={l10n.t({
                message: 'Left out: {0} {1}.',
                comment: '{0} is a file, {1} what is said of it: "is not there any more"',
              })}
              parts={[<code key="path">{path}</code>, reason]}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
