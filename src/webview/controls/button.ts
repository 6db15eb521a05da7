import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { type IconName, icon } from '../parts/icon.ts';

interface ButtonOptions {
  readonly label: string;
  /** `primary` at most once in a card. */
  readonly look?: 'primary' | 'secondary' | 'quiet';
  readonly icon?: IconName;
  /** Shows the icon alone; the label is its name. */
  readonly iconAlone?: boolean;
  /** Said and shown on hovering, when it is more than the label. */
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly id?: string;
  readonly classes?: string;
  readonly expanded?: boolean;
  readonly popup?: 'menu' | 'dialog' | 'listbox';
  readonly onClick: (event: MouseEvent) => void;
}

export function button(options: ButtonOptions): TemplateResult {
  const look = options.look ?? 'secondary';
  return html`<vscode-button
    id=${ifDefined(options.id)}
    class="button ${look} ${options.classes ?? ''}"
    appearance=${look === 'primary' ? 'primary' : 'secondary'}
    title=${options.hint ?? (options.iconAlone === true ? options.label : nothing)}
    ?disabled=${options.disabled ?? false}
    .ariaLabel=${options.iconAlone === true ? options.label : null}
    .ariaExpanded=${options.expanded === undefined ? null : String(options.expanded)}
    .ariaHaspopup=${options.popup ?? null}
    @click=${options.onClick}
    >${options.icon === undefined ? nothing : icon(options.icon, 'small')}${
      options.iconAlone === true ? nothing : html`<span class="button-label" dir="auto">${options.label}</span>`
    }</vscode-button
  >`;
}

interface IconButtonOptions {
  readonly icon: IconName;
  /** The name for screen readers, also shown on hovering. */
  readonly label: string;
  readonly disabled?: boolean;
  readonly id?: string;
  readonly classes?: string;
  /** Left out of the tab order, because its row offers the same by key. */
  readonly untabbable?: boolean;
  readonly expanded?: boolean;
  readonly popup?: 'menu' | 'dialog';
  readonly onClick: (event: MouseEvent) => void;
}

export function iconButton(options: IconButtonOptions): TemplateResult {
  return html`<vscode-button
    id=${ifDefined(options.id)}
    class="button icon-only ${options.classes ?? ''}"
    appearance="secondary"
    title=${options.label}
    tabindex=${options.untabbable === true ? '-1' : nothing}
    ?disabled=${options.disabled ?? false}
    .ariaLabel=${options.label}
    .ariaExpanded=${options.expanded === undefined ? null : String(options.expanded)}
    .ariaHaspopup=${options.popup ?? null}
    @click=${options.onClick}
    >${icon(options.icon)}</vscode-button
  >`;
}
