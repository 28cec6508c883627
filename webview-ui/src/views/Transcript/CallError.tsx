import type { ReactElement } from 'react';
import { VisibleText } from '../../components/VisibleText';

/** Why a call did not run or did not work; nothing where it did. */
export function CallError({ text }: { readonly text: string | undefined }): ReactElement | null {
  if (text === undefined) return null;
  return (
    <p className="call-error muted">
      <VisibleText kind="prose" text={text} />
    </p>
  );
}
