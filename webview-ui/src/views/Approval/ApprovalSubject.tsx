import type { ReactElement } from 'react';
import type { Approval } from '../../../../src/protocol/approvals';
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
      return <Paths verb="Read" paths={subject.paths} />;
    case 'patch':
      return (
        <>
          <Paths verb="Edit" paths={subject.paths} />
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

function Paths(props: { readonly verb: string; readonly paths: readonly string[] }): ReactElement {
  return (
    <ul className="approval-paths">
      {props.paths.map((path) => (
        <li key={path}>
          {props.verb}{' '}
          <code>
            <VisibleText kind="askedName" text={path} />
          </code>
        </li>
      ))}
    </ul>
  );
}
