import { css } from 'lit';

/**
 * The look of the toolkit's controls, made small and modern. Colours are VS Code's variables themselves,
 * because the toolkit copies them only when the kind of theme changes.
 */
export const controlStyles = css`
  .button {
    font-family: inherit;
    font-size: var(--small);
    line-height: 18px;
    border-radius: var(--radius);
    vertical-align: middle;
    max-inline-size: 100%;
  }
  .button::part(control) {
    padding: 2px 10px;
    border: 1px solid transparent;
    border-radius: inherit;
    font-size: inherit;
    line-height: inherit;
    white-space: nowrap;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .button::part(control):focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: 1px;
  }
  .button::part(content) {
    align-items: center;
    gap: 5px;
    min-inline-size: 0;
  }
  .button > span {
    inline-size: auto;
    block-size: auto;
  }
  .button > .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .button > .button-label {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .button.primary {
    color: var(--vscode-button-foreground);
    background: var(--vscode-button-background);
  }
  .button.primary::part(control) {
    border-color: var(--vscode-button-border, transparent);
  }
  .button.primary:hover {
    background: var(--vscode-button-hoverBackground);
  }
  .button.secondary {
    color: var(--vscode-button-secondaryForeground);
    background: var(--vscode-button-secondaryBackground, transparent);
  }
  .button.secondary::part(control) {
    border-color: var(--vscode-button-secondaryBorder, var(--vscode-button-border, transparent));
  }
  .button.secondary:hover {
    background: var(--vscode-button-secondaryHoverBackground, transparent);
  }
  .button.quiet,
  .button.icon-only {
    color: var(--foreground);
    background: transparent;
  }
  .button.quiet::part(control) {
    padding-inline: 7px;
  }
  .button.quiet:hover,
  .button.icon-only:hover {
    background: var(--vscode-toolbar-hoverBackground, transparent);
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, var(--vscode-contrastActiveBorder, transparent));
    outline-offset: -1px;
  }
  .button.icon-only {
    inline-size: 22px;
    block-size: 22px;
    flex: none;
    color: var(--vscode-icon-foreground, var(--foreground));
  }
  .button.icon-only::part(control) {
    padding: 0;
    inline-size: 22px;
    block-size: 22px;
  }
  .button.icon-only > .icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .button[disabled] {
    opacity: 0.5;
    cursor: default;
  }
  .button.primary[disabled],
  .button.primary[disabled]:hover {
    background: var(--vscode-button-background);
  }
  .button.quiet[disabled]:hover,
  .button.icon-only[disabled]:hover {
    background: transparent;
    outline: none;
  }
  .split {
    display: inline-flex;
    min-inline-size: 0;
  }
  .split > .button:first-child {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
  }
  .split > .button:first-child::part(control) {
    border-inline-end-color: var(--vscode-button-separator, transparent);
  }
  .split > .button:nth-child(2) {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .split > .button:nth-child(2)::part(control) {
    padding-inline: 4px;
    border-inline-start: none;
  }

  .choice {
    display: flex;
    align-items: flex-start;
    margin: 2px 0;
    font-size: inherit;
    line-height: inherit;
  }
  .choice::part(control) {
    inline-size: 16px;
    block-size: 16px;
    margin-block-start: 1px;
    flex: none;
    border-color: var(--vscode-checkbox-border, var(--strong-line));
    background: var(--vscode-checkbox-background);
  }
  .choice::part(label) {
    font-family: inherit;
    padding-inline-start: 7px;
    margin-inline-end: 0;
    color: var(--foreground);
  }
  .choice:focus-visible::part(control) {
    border-color: var(--focus);
  }
  .choices {
    display: block;
  }
  .field-control {
    display: block;
    inline-size: 100%;
    min-inline-size: 0;
    border-radius: var(--radius);
  }
  .field-control::part(root),
  .field-control::part(control) {
    min-inline-size: 0;
    border-radius: inherit;
  }
  .field-control::part(root) {
    background: var(--field);
    border: 1px solid var(--strong-line);
    color: var(--vscode-input-foreground);
  }
  .field-control:focus-within::part(root) {
    border-color: var(--focus);
  }
  .field-control.invalid::part(root) {
    border-color: var(--vscode-inputValidation-errorBorder);
  }
  vscode-dropdown.field-control {
    display: inline-flex;
    background: var(--vscode-dropdown-background);
  }
  vscode-dropdown.field-control::part(control) {
    border: 1px solid var(--vscode-dropdown-border, var(--strong-line));
    font-size: inherit;
  }
  vscode-dropdown.field-control:focus-visible::part(control) {
    border-color: var(--focus);
  }
  vscode-dropdown.field-control.invalid::part(control) {
    border-color: var(--vscode-inputValidation-errorBorder);
  }
  vscode-dropdown.field-control::part(listbox) {
    border-color: var(--vscode-dropdown-border, var(--strong-line));
    border-radius: var(--radius);
  }
`;
