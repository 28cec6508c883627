import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { Approval } from '../../../../src/protocol/approvals';
import { Phrase } from '../../components/Phrase';
import { VisibleText } from '../../components/VisibleText';
import { NetworkSubject } from './NetworkSubject';

/** What an approval would let happen, in full. */
export function ApprovalSubject({ approval }: { readonly approval: Approval }): ReactElement {
  const { subject } = approval;
  switch (subject.kind) {
    case 'command':
      return (
        <pre className="approval-command">
          <code>
            <VisibleText text={subject.command} />
          </code>
        </pre>
      );
    case 'network':
      return <NetworkSubject subject={subject} />;
    case 'read':
      return <Paths text={l10n.t('Read {0}')} paths={subject.paths} />;
    case 'patch':
      return (
        <>
          <Paths text={l10n.t('Edit {0}')} paths={subject.paths} />
          {subject.text !== undefined && (
            <pre className="approval-command">
              <code>
                <VisibleText kind="code" text={subject.text} />
              </code>
            </pre>
          )}
        </>
      );
  }
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
