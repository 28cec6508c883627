import * as l10n from '@vscode/l10n';
import { useMemo, type ReactElement } from 'react';
import { modeWord } from '../../../../src/protocol/modeWord';
import type { Effort, Mode } from '../../../../src/protocol/turnContext';
import type { ViewSettings } from '../../../../src/protocol/viewProtocol';
import { Select } from '../../components/controls';
import { useAct } from '../../viewContext';

function modeOptions(): readonly { readonly value: Mode; readonly label: string }[] {
  return (['agent', 'plan', 'ask'] as const).map((value) => ({ value, label: modeWord(value) }));
}

/** An effort in the words of the view's language. */
export function effortLabel(effort: Effort): string {
  switch (effort) {
    case 'minimal':
      return l10n.t({ message: 'minimal', comment: 'How much the model thinks' });
    case 'low':
      return l10n.t({ message: 'low', comment: 'How much the model thinks' });
    case 'medium':
      return l10n.t({ message: 'medium', comment: 'How much the model thinks' });
    case 'high':
      return l10n.t({ message: 'high', comment: 'How much the model thinks' });
    case 'xhigh':
      return l10n.t({ message: 'xhigh', comment: 'How much the model thinks: most' });
  }
}

/** How the next turn runs: mode, model, reasoning effort. */
export function TurnSettings({ settings }: { readonly settings: ViewSettings }): ReactElement {
  const act = useAct();
  const { model, models, mode, effort } = settings;
  const modelOptions = useMemo(() => {
    const options = models.map(({ id, label }) => ({ value: id, label }));
    // A model from the settings that no profile lists is still the one in use.
    return options.some(({ value }) => value === model)
      ? options
      : [...options, { value: model, label: model }];
  }, [models, model]);
  const effortOptions = useMemo(() => {
    const efforts = models.find(({ id }) => id === model)?.efforts ?? [];
    return efforts.map((value) => ({ value, label: effortLabel(value) }));
  }, [models, model]);

  return (
    <span className="turn-settings">
      <Select
        name={l10n.t('Mode')}
        value={mode}
        options={modeOptions()}
        onChange={(value) => act('settings/update', { mode: value })}
      />
      <Select
        name={l10n.t('Model')}
        value={model}
        options={modelOptions}
        onOpen={() => act('models/load', {})}
        onChange={(value) => act('settings/update', { model: value })}
      />
      {effortOptions.length > 0 && (
        <Select
          name={l10n.t('Reasoning effort')}
          value={effort}
          options={effortOptions}
          onChange={(value) => act('settings/update', { effort: value })}
        />
      )}
    </span>
  );
}
