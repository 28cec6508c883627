import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';
import { createElement, type KeyboardEvent, type ReactElement, type SyntheticEvent } from 'react';
import { spellOut } from '../../../src/protocol/visibleText';
import { Icon, type IconName } from './Icon';

// The toolkit is deprecated upstream: this file is the only one that knows it, so it is the one to swap.
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption());

export interface ButtonProps {
  readonly children: string;
  /** `link` has no frame. */
  readonly look?: 'primary' | 'secondary' | 'link';
  readonly icon?: IconName;
  /** Accessible name where the text alone does not tell which one it is; it begins with the text. */
  readonly name?: string;
  /** Id of an element that says more. */
  readonly describedBy?: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}

/** A button with words. */
export function Button(props: ButtonProps): ReactElement {
  const { look = 'secondary', icon, disabled = false } = props;
  return createElement(
    'vscode-button',
    {
      class: `button ${look}`,
      appearance: look === 'link' ? 'icon' : look,
      // Said in any case: for the look `link` the toolkit puts a name of its own there, which then stays.
      'aria-label': spellOut(props.name ?? props.children),
      'aria-describedby': props.describedBy,
      disabled,
      onClick: props.onPress,
    },
    icon && <Icon name={icon} />,
    <span className="label">{props.children}</span>,
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  /** Accessible name, and tooltip unless there is a longer one. */
  readonly name: string;
  readonly tooltip?: string;
  readonly look?: 'plain' | 'primary';
  readonly disabled?: boolean;
  readonly onPress: () => void;
}

/** A button that is an icon. */
export function IconButton(props: IconButtonProps): ReactElement {
  const { icon, name, tooltip = name, look = 'plain', disabled = false } = props;
  return createElement(
    'vscode-button',
    {
      class: `icon-button ${look}`,
      appearance: look === 'primary' ? 'primary' : 'icon',
      'aria-label': spellOut(name),
      title: spellOut(tooltip),
      disabled,
      onClick: props.onPress,
    },
    <Icon name={icon} />,
  );
}

export interface SelectProps<Value extends string> {
  /** Accessible name. */
  readonly name: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  /** The person is about to look at the options. */
  readonly onOpen?: () => void;
}

type DropdownElement = HTMLElement & { value: string };

/** A list to choose one of, opening upwards: it stands at the bottom of the view. */
export function Select<Value extends string>(props: SelectProps<Value>): ReactElement {
  const { name, value, options, onChange, onOpen } = props;
  return createElement(
    'vscode-dropdown',
    {
      class: 'select',
      // The attribute's property: the toolkit reads it once, when the element is put in place.
      positionAttribute: 'above',
      'aria-label': name,
      title: name,
      // The toolkit's list owns its value, so it is told anew after each drawing.
      ref: (element: DropdownElement | null) => {
        if (element && element.value !== value) element.value = value;
      },
      onClick: onOpen,
      onKeyDown: ({ key }: KeyboardEvent) => {
        if (key !== 'Tab') onOpen?.();
      },
      onChange: (event: SyntheticEvent<DropdownElement>) => {
        const chosen = options.find((option) => option.value === event.currentTarget.value);
        if (chosen && chosen.value !== value) onChange(chosen.value);
      },
    },
    <Icon key="indicator" name="chevron-down" slot="indicator" />,
    ...options.map((option) =>
      createElement(
        'vscode-option',
        { key: option.value, value: option.value, selected: option.value === value },
        option.label,
      ),
    ),
  );
}
