import * as l10n from '@vscode/l10n';
import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import type { UserInput } from '../../../../src/protocol/input';
import { runningCompaction, runningTurn } from '../../../../src/protocol/threadState';
import { AttachmentChip } from '../../components/AttachmentChip';
import { Button, IconButton } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { useAct, useDraft, useModel, useView } from '../../viewContext';
import { CommandMenu } from './CommandMenu';
import { ContextMeter } from './ContextMeter';
import { HiddenInDraft } from './HiddenInDraft';
import { obstacleTo, openedElsewhere } from './obstacle';
import { TurnSettings } from './TurnSettings';
import { typedCommand } from './typedCommand';
import { useCommandMenu } from './useCommandMenu';

const emptyDraft: UserInput = { text: '', attachments: [] };

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
  const textbox = useRef<HTMLTextAreaElement>(null);
  const obstacle = readOnly ? openedElsewhere() : settings && obstacleTo(settings);
  const sendable = settings !== null && !obstacle && draft.text.trim() !== '';

  useEffect(() => {
    connection.on('composer/focused', () => textbox.current?.focus());
  }, [connection]);

  const menu = useCommandMenu(
    draft,
    ({ text }) => void send('turn/start', { text, attachments: [] }),
    ({ text }) => drafts.setText(text),
  );

  async function send(
    request: 'turn/start' | 'turn/steer' | 'turn/queue',
    said: UserInput = draft,
  ): Promise<void> {
    if (!sendable) return;
    const input = { ...said, text: said.text.trim() };
    drafts.replace(emptyDraft);
    textbox.current?.focus();
    try {
      const command = typedCommand(input);
      if (command) await command(connection);
      else await connection.request(request, { input });
      threads.report(null);
    } catch (error) {
      threads.report((error as Error).message);
      // Nothing the person wrote is lost, unless they have begun something new.
      if (drafts.get().text === '') drafts.replace(input);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, Enter takes its suggestion.
    if (event.nativeEvent.isComposing || menu.takeKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send(running ? (event.altKey ? 'turn/queue' : 'turn/steer') : 'turn/start');
    } else if (event.key === 'Escape' && (running || compacting)) {
      event.preventDefault();
      act('turn/interrupt', {});
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
      <CommandMenu
        menu={menu}
        onChoose={({ text }) => void send('turn/start', { text, attachments: [] })}
      />
      <div className="composer">
        {draft.attachments.length > 0 && (
          <div className="chips">
            {draft.attachments.map((attachment, index) => (
              <AttachmentChip
                key={index}
                attachment={attachment}
                onRemove={() => drafts.detach(index)}
              />
            ))}
          </div>
        )}
        <textarea
          ref={textbox}
          aria-label={l10n.t('Message Tandem')}
          {...(menu.offered.length > 0 && {
            'aria-autocomplete': 'list',
            'aria-controls': menu.id,
            'aria-activedescendant': `${menu.id}-${menu.active}`,
          })}
          rows={1}
          value={draft.text}
          placeholder={
            running
              ? l10n.t('Steer the agent, or queue for later…')
              : l10n.t('Describe a change, or ask a question')
          }
          onChange={(event) => drafts.setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className={`composer-bar ${running ? 'running' : ''}`}>
          {settings && <TurnSettings settings={settings} />}
          <span className="composer-end">
            <ContextMeter />
            <IconButton
              icon="attach"
              name={l10n.t('Attach')}
              tooltip={l10n.t('Attach files')}
              onPress={() => act('attachment/pick', {})}
            />
            {running ? (
              <>
                <IconButton
                  icon="arrow-up"
                  name={l10n.t('Steer')}
                  tooltip={l10n.t('Steer: the agent reads it at its next step (Enter)')}
                  disabled={!sendable}
                  onPress={() => void send('turn/steer')}
                />
                <IconButton
                  icon="list-ordered"
                  name={l10n.t('Queue')}
                  tooltip={l10n.t('Queue for the next turn (Alt+Enter)')}
                  disabled={!sendable}
                  onPress={() => void send('turn/queue')}
                />
              </>
            ) : (
              <IconButton
                icon="arrow-up"
                name={l10n.t('Send')}
                tooltip={
                  compacting ? l10n.t('Send after the summary (Enter)') : l10n.t('Send (Enter)')
                }
                look={compacting ? 'plain' : 'primary'}
                disabled={!sendable}
                onPress={() => void send('turn/start')}
              />
            )}
            {(running || compacting) && (
              <IconButton
                icon="primitive-square"
                name={l10n.t('Stop')}
                tooltip={l10n.t('Stop (Esc)')}
                look="primary"
                onPress={() => act('turn/interrupt', {})}
              />
            )}
          </span>
        </div>
      </div>
    </div>
  );
}
