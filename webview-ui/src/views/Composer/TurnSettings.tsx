import { useMemo, type ReactElement } from 'react';
import type { Effort, Mode } from '../../../../src/protocol/turnContext';
import type { ViewSettings } from '../../../../src/protocol/viewProtocol';
import { Select } from '../../components/controls';
import { useAct } from '../../viewContext';

const modeOptions: readonly { readonly value: Mode; readonly label: string }[] = [
  { value: 'agent', label: 'Agent' },
  { value: 'plan', label: 'Plan' },
  { value: 'ask', label: 'Ask' },
];

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
    return efforts.map((value: Effort) => ({ value, label: value }));
  }, [models, model]);

  return (
    <span className="turn-settings">
      <Select
        name="Mode"
        value={mode}
        options={modeOptions}
        onChange={(value) => act('settings/update', { mode: value })}
      />
      <Select
        name="Model"
        value={model}
        options={modelOptions}
        onOpen={() => act('models/load', {})}
        onChange={(value) => act('settings/update', { model: value })}
      />
      {effortOptions.length > 0 && (
        <Select
          name="Reasoning effort"
          value={effort}
          options={effortOptions}
          onChange={(value) => act('settings/update', { effort: value })}
        />
      )}
    </span>
  );
}
