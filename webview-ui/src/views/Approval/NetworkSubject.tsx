import type { ReactElement } from 'react';
import type { NetworkSubject as Subject } from '../../../../src/protocol/approvals';
import { VisibleText } from '../../components/VisibleText';

/** A host that a running command wants to reach: the name the network sees, how it reads, and the command. */
export function NetworkSubject({ subject }: { readonly subject: Subject }): ReactElement {
  return (
    <div className="approval-network">
      <p>
        Connect to{' '}
        <code className="approval-host">
          <VisibleText text={`${subject.host}:${subject.port}`} />
        </code>
        {subject.readable !== undefined && (
          <>
            , which reads “
            <VisibleText text={subject.readable} />”
          </>
        )}
      </p>
      <p className="muted">for the running command</p>
      <pre className="approval-command">
        <code>
          <VisibleText text={subject.command} />
        </code>
      </pre>
    </div>
  );
}
