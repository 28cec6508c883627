import { memo, useMemo, useState, type ReactElement } from 'react';
import type { ChangedFile, ChangeTarget, Hunk, Resolution } from '../../../../src/protocol/changes';
import { Button, IconButton } from '../../components/controls';
import { hunkLines } from '../../components/diffLines';
import { DiffView } from '../../components/DiffView';
import { FileLabel, LineCounts } from '../../components/FileLabel';
import { Icon } from '../../components/Icon';
import { useAct } from '../../viewContext';
import { describeOrigins } from './origins';

interface RowProps {
  readonly file: ChangedFile;
  readonly onResolve: (resolution: Resolution, target: ChangeTarget) => void;
}

/** One changed file, opening to its hunks. */
export function FileRow(props: RowProps & { readonly initiallyOpen: boolean }): ReactElement {
  const { file, onResolve } = props;
  const { path } = file;
  const act = useAct();
  const [open, setOpen] = useState(props.initiallyOpen);
  return (
    <div className="file-row" role="group" aria-label={path}>
      <div className="file-line">
        <button
          type="button"
          className="file-toggle"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          <FileLabel path={path} />
          <FileTags file={file} />
        </button>
        {!file.binary && <LineCounts added={file.added} removed={file.removed} />}
        <span className="file-buttons">
          <IconButton
            icon="check"
            name={`Accept ${path}`}
            onPress={() => onResolve('accept', { path })}
          />
          <IconButton
            icon="close"
            name={`Reject ${path}`}
            tooltip={`Reject ${path}: ${rejectWords[file.kind]}`}
            onPress={() => onResolve('reject', { path })}
          />
          <IconButton
            icon="go-to-file"
            name={`Open ${path}`}
            onPress={() => act('file/open', { path })}
          />
        </span>
      </div>
      {open && <Hunks file={file} onResolve={onResolve} />}
    </div>
  );
}

const rejectWords = {
  add: 'the new file is removed',
  delete: 'the file comes back',
  update: 'its text comes back',
} as const;

function FileTags({ file }: { readonly file: ChangedFile }): ReactElement {
  const kind = { add: 'new', delete: 'deleted', update: undefined }[file.kind];
  const origins = describeOrigins(file.origins);
  return (
    <>
      {kind && <span className="tag">{kind}</span>}
      {file.binary && <span className="tag">binary</span>}
      {origins && (
        <span className="origins" title={origins.full}>
          {origins.short}
        </span>
      )}
    </>
  );
}

function Hunks({ file, onResolve }: RowProps): ReactElement {
  if (file.hunks.length === 0) return <p className="note">{wholeFileWords(file)}</p>;
  return (
    <>
      {file.hunks.map((hunk, index) => (
        <HunkView key={hunk.id} hunk={hunk} number={index + 1} file={file} onResolve={onResolve} />
      ))}
    </>
  );
}

function wholeFileWords({ binary, kind }: ChangedFile): string {
  const what = binary ? 'Binary file' : 'Empty file';
  const happened = { add: 'added', delete: 'deleted', update: 'changed' }[kind];
  return `${what} ${happened}: it is accepted or rejected as a whole.`;
}

const HunkView = memo(function HunkView(
  props: RowProps & { readonly hunk: Hunk; readonly number: number },
): ReactElement {
  const { hunk, number, file, onResolve } = props;
  const lines = useMemo(() => hunkLines(hunk), [hunk]);
  const target = { path: file.path, hunkId: hunk.id };
  return (
    <div className="card hunk">
      <DiffView lines={lines} />
      <div className="hunk-line">
        <span className="muted">
          hunk {number} of {file.hunks.length}
        </span>
        <span className="hunk-buttons">
          <Button
            look="link"
            name={`Reject hunk ${number} of ${file.path}`}
            onPress={() => onResolve('reject', target)}
          >
            Reject
          </Button>
          <Button
            look="link"
            name={`Accept hunk ${number} of ${file.path}`}
            onPress={() => onResolve('accept', target)}
          >
            Accept
          </Button>
        </span>
      </div>
    </div>
  );
});
