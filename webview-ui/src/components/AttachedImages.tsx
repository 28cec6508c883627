import * as l10n from '@vscode/l10n';
import { useState, type ReactElement } from 'react';
import type { Attachment } from '../../../src/protocol/input';
import { spellOut } from '../../../src/protocol/visibleText';

type ImageAttachment = Extract<Attachment, { kind: 'image' }>;

/** Pictures of a sent message, small; a press shows one as wide as there is room. */
export function AttachedImages(props: {
  readonly images: readonly ImageAttachment[];
}): ReactElement {
  const [large, setLarge] = useState<number>();
  return (
    <div className="attached-images">
      {props.images.map(({ name, dataUrl }, place) => (
        <button
          key={place}
          type="button"
          className={large === place ? 'large' : ''}
          aria-expanded={large === place}
          aria-label={l10n.t('Image {0}', spellOut(name))}
          title={spellOut(name)}
          onClick={() => setLarge(large === place ? undefined : place)}
        >
          <img src={dataUrl} alt="" />
        </button>
      ))}
    </div>
  );
}
