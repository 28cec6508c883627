import type { ReactElement } from 'react';
import type { NetworkSubject as Subject } from '../../../../src/protocol/approvals';
import { VisibleText } from '../../components/VisibleText';

/** A host that a running command wants to reach: the name the network sees, how it reads, and the command. */
export function NetworkSubject({ subject }: { readonly subject: Subject }): ReactElement {
  return (
    <>
      <p className="approval-host">
        Connect to{' '}
        <code>
          <VisibleText text={`${subject.host}:${subject.port}`} />
        </code>
        {subject.readable !== undefined && (
          <>
            , which reads “
            <VisibleText kind="name" text={subject.readable} />”
          </>
        )}
      </p>
      <p className="approval-reasons">for this command, which runs and waits:</p>
      <pre className="approval-command">
        <code>
          <VisibleText text={subject.command} />
        </code>
      </pre>
    </>
  );
}
