import { css } from 'lit';
import { iconStyles } from '../parts/icon.ts';

/** Rules that every element of the panel shares. Colours come from panel.css, which names VS Code's. */
const plainStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  /* No specificity, so that every other rule wins. */
  :where(button.plain) {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    font: inherit;
    color: inherit;
  }
  .hidden-visually {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .dim {
    color: var(--dim);
  }
  .small {
    font-size: var(--small);
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
  .mono {
    font-family: var(--mono);
    font-size: var(--mono-size);
  }
  .plus {
    color: var(--added);
  }
  .minus {
    color: var(--removed);
  }
  .one-line {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-inline-size: 0;
  }
  .grow {
    flex: 1 1 auto;
    min-inline-size: 0;
  }
  .ok {
    color: var(--ok);
  }
  .warn {
    color: var(--warn);
  }
  .bad {
    color: var(--bad);
  }
  .info {
    color: var(--running);
  }
  :focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: -1px;
  }
  button.plain:focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: 1px;
    border-radius: 3px;
  }
`;

export const baseStyles = [iconStyles, plainStyles];
