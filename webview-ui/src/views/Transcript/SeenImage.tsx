import * as l10n from '@vscode/l10n';
import { useEffect, useState, type ReactElement } from 'react';
import type { ToolCallItem } from '../../../../src/protocol/items';
import { spellOut } from '../../../../src/protocol/visibleText';
import { Icon } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';
import { useAct, useView } from '../../viewContext';

/** An image that the agent looked at: a small picture that opens in the editor. */
export function SeenImage(props: {
  readonly item: ToolCallItem;
  readonly path: string;
}): ReactElement {
  const { item, path } = props;
  const act = useAct();
  const dataUrl = useImage(item.id);
  return (
    <div className="seen-image">
      <div className="live-line">
        <Icon name="file-media" tone="muted" />
        <span>
          <VisibleText kind="code" text={item.title} />
        </span>
      </div>
      {dataUrl !== undefined && (
        <button
          type="button"
          title={l10n.t('Open {0}', spellOut(path))}
          onClick={() => act('file/open', { path })}
        >
          <img src={dataUrl} alt={l10n.t('The image {0}', spellOut(path))} />
        </button>
      )}
    </div>
  );
}

/** As the host has it now; undefined until it is there, and where it is gone. */
function useImage(itemId: string): string | undefined {
  const { connection } = useView();
  const [dataUrl, setDataUrl] = useState<string>();
  useEffect(() => {
    let wanted = true;
    connection.request('image/read', { itemId }).then(
      (image) => wanted && setDataUrl(image?.dataUrl),
      // Without its picture the line still says what was looked at.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [connection, itemId]);
  return dataUrl;
}
