import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { NetworkSubject as Subject } from '../../../../src/protocol/approvals';
import { Phrase } from '../../components/Phrase';
import { VisibleText } from '../../components/VisibleText';

/** A host that a running command wants to reach: the name the network sees, how it reads, and the command. */
export function NetworkSubject({ subject }: { readonly subject: Subject }): ReactElement {
  return (
    <>
      <p className="approval-host">
        <Phrase
          text={
            subject.readable === undefined
              ? l10n.t('Connect to {0}')
              : l10n.t('Connect to {0}, which reads “{1}”')
          }
          parts={[
            <code key="host">
              <VisibleText text={`${subject.host}:${subject.port}`} />
            </code>,
            <VisibleText key="readable" kind="name" text={subject.readable ?? ''} />,
          ]}
        />
      </p>
      <p className="approval-reasons">{l10n.t('for this command, which runs and waits:')}</p>
      <pre className="approval-command">
        <code>
          <VisibleText text={subject.command} />
        </code>
      </pre>
    </>
  );
}
