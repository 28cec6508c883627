import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { Approval, PatchSubject as Subject } from '../../../../src/protocol/approvals';
import { Phrase } from '../../components/Phrase';
import { VisibleText } from '../../components/VisibleText';
import { NetworkSubject } from './NetworkSubject';

/** What an approval would let happen, in full. */
export function ApprovalSubject({ approval }: { readonly approval: Approval }): ReactElement {
  const { subject } = approval;
  switch (subject.kind) {
    case 'command':
      return <Command text={subject.command} />;
    case 'network':
      return <NetworkSubject subject={subject} />;
    case 'read':
      return <Paths text={l10n.t('Read {0}')} paths={subject.paths} />;
    case 'patch':
      return <PatchSubject subject={subject} />;
  }
}

/** Files that are to be written, or kept where a command wrote them already. */
function PatchSubject({ subject }: { readonly subject: Subject }): ReactElement {
  const { paths, text, writtenBy } = subject;
  return (
    <>
      <Paths
        text={writtenBy === undefined ? l10n.t('Edit {0}') : l10n.t('Keep {0}')}
        paths={paths}
      />
      {text !== undefined && (
        <pre className="approval-command">
          <code>
            <VisibleText kind="code" text={text} />
          </code>
        </pre>
      )}
      {writtenBy !== undefined && (
        <>
          <p className="approval-reasons">
            {l10n.t('This command wrote that. It was taken back until you answer:')}
          </p>
          <Command text={writtenBy} />
        </>
      )}
    </>
  );
}

function Command({ text }: { readonly text: string }): ReactElement {
  return (
    <pre className="approval-command">
      <code>
        <VisibleText text={text} />
      </code>
    </pre>
  );
}

function Paths(props: {
  /** What would be done to each, which is its `{0}`. */
  readonly text: string;
  readonly paths: readonly string[];
}): ReactElement {
  return (
    <ul className="approval-paths">
      {props.paths.map((path) => (
        <li key={path}>
          <Phrase
            text={props.text}
            parts={[
              <code key={path}>
                <VisibleText kind="askedName" text={path} />
              </code>,
            ]}
          />
        </li>
      ))}
    </ul>
  );
}
