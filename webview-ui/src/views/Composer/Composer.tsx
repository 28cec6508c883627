import * as l10n from '@vscode/l10n';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react';
import { runningCompaction, runningTurn } from '../../../../src/protocol/threadState';
import { Button, IconButton } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { useAct, useDraft, useModel, useView } from '../../viewContext';
import { ComposerMenu } from './ComposerMenu';
import { ContextMeter, useContextWindow } from './ContextMeter';
import { ContextPanel } from './ContextPanel';
import { DraftChips } from './DraftChips';
import { HiddenInDraft } from './HiddenInDraft';
import { insertText } from './insertText';
import { lastMessage } from './lastMessage';
import { obstacleTo, openedElsewhere } from './obstacle';
import { offeredCommands } from './offeredCommands';
import { SendButtons } from './SendButtons';
import { StatusPanel } from './StatusPanel';
import { TooLargeToKeep } from './TooLargeToKeep';
import { TurnSettings } from './TurnSettings';
import { typedCommand } from './typedCommand';
import { useDrop } from './useDrop';
import { useMentionMenu } from './useMentionMenu';
import { useMenu } from './useMenu';
import { usePaste } from './usePaste';
import { saysNothing, useSend } from './useSend';
import { useTakeFiles } from './useTakeFiles';

/** Where the person writes: starts a turn, steers the running one, or queues for the next. */
export function Composer(): ReactElement {
  const { connection, drafts, threads } = useView();
  const act = useAct();
  const draft = useDraft();
  const settings = useModel((model) => model.settings);
  const readOnly = useModel((model) => model.readOnly);
  const running = useModel(
    (model) => !model.readOnly && model.thread !== null && runningTurn(model.thread) !== undefined,
  );
  const compacting = useModel(
    ({ thread }) => thread !== null && runningCompaction(thread) !== undefined,
  );
  const contextWindow = useContextWindow();
  const textbox = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [panel, setPanel] = useState<'status' | 'context' | null>(null);
  const obstacle = readOnly ? openedElsewhere() : settings && obstacleTo(settings);
  const blocked = settings === null || !!obstacle;
  const sendable = !saysNothing(draft) && (!blocked || typedCommand(draft)?.isLocal === true);

  useEffect(() => {
    connection.on('composer/focused', () => textbox.current?.focus());
  }, [connection]);

  const showStatus = useCallback(() => setPanel('status'), []);
  const mentions = useMentionMenu(textbox, draft.text, caret);
  const send = useSend({ running, blocked, showStatus, attached: mentions.attached });
  const takeFiles = useTakeFiles();
  const over = useDrop(takeFiles);
  const onPaste = usePaste(takeFiles);

  const commands = useMenu({
    name: l10n.t('Commands'),
    typed: draft.text,
    entries: offeredCommands(draft),
    choose: ({ label }) => void send('turn/start', { ...draft, text: label }),
    complete: ({ label, takesWords }) => replaceText(takesWords ? `${label} ` : label),
  });
  const menu = commands.entries.length > 0 ? commands : mentions.menu;

  /** As the person would have typed it, so that their undo takes it back. */
  function replaceText(text: string): void {
    if (textbox.current) insertText(textbox.current, text, { start: 0, end: draft.text.length });
  }
  function insertAtCaret(text: string): void {
    const { current } = textbox;
    if (current) insertText(current, text, { start: caret, end: current.selectionEnd });
  }
  function submit(request: 'turn/start' | 'turn/steer' | 'turn/queue'): void {
    textbox.current?.focus();
    void send(request);
  }
  function closePanel(): void {
    setPanel(null);
    textbox.current?.focus();
  }

  /** Brings back what was said last, into an empty composer only. */
  function recall(): boolean {
    const { thread } = threads.get();
    const said = thread && lastMessage(thread);
    if (!said || draft.text !== '' || draft.attachments.length > 0) return false;
    replaceText(said.text);
    drafts.attach(said.attachments);
    return true;
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, Enter takes its suggestion.
    if (event.nativeEvent.isComposing || menu.takeKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send(running ? (event.altKey ? 'turn/queue' : 'turn/steer') : 'turn/start');
    } else if (event.key === 'ArrowUp' && recall()) {
      event.preventDefault();
    }
  }

  return (
    <div className="composer-frame">
      {obstacle && (
        <div className="obstacle" role="status">
          <Icon name="info" tone="muted" />
          <span>{obstacle.sentence}</span>
          <Button look="link" onPress={() => act(obstacle.request, {})}>
            {obstacle.help}
          </Button>
        </div>
      )}
      <HiddenInDraft />
      <TooLargeToKeep />
      {panel === 'status' && <StatusPanel onClose={closePanel} />}
      {panel === 'context' && <ContextPanel contextWindow={contextWindow} onClose={closePanel} />}
      <ComposerMenu menu={menu} />
      <div className={`composer ${over ? 'over' : ''}`}>
        {over && <p className="drop-hint">{l10n.t('Drop here to attach (hold Shift)')}</p>}
        <DraftChips insert={insertAtCaret} />
        <textarea
          ref={textbox}
          aria-label={l10n.t('Message Tandem')}
          {...(menu.entries.length > 0 && {
            'aria-autocomplete': 'list',
            'aria-controls': menu.id,
            ...(menu.active >= 0 && { 'aria-activedescendant': `${menu.id}-${menu.active}` }),
          })}
          rows={1}
          value={draft.text}
          placeholder={
            running
              ? l10n.t('Steer the agent, or queue for later…')
              : l10n.t('Describe a change, or ask. @ adds context, / runs commands')
          }
          onChange={(event) => {
            drafts.setText(event.target.value);
            setCaret(event.target.selectionStart);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
        />
        <div className={`composer-bar ${running ? 'running' : ''}`}>
          {settings && <TurnSettings settings={settings} />}
          <span className="composer-end">
            <ContextMeter
              open={panel === 'context'}
              onToggle={() => setPanel(panel === 'context' ? null : 'context')}
            />
            <IconButton
              icon="attach"
              name={l10n.t('Attach')}
              tooltip={l10n.t('Attach files (or hold Shift and drop them here)')}
              onPress={() => act('attachment/pick', {})}
            />
            <SendButtons
              running={running}
              compacting={compacting}
              sendable={sendable}
              onSend={submit}
            />
          </span>
        </div>
      </div>
    </div>
  );
}
