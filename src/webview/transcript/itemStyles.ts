import { css } from 'lit';

export const itemStyles = css`
  :host {
    display: block;
  }
  .you {
    padding: 7px 10px;
    border-radius: var(--radius-large);
    background: var(--field);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    overflow-wrap: anywhere;
  }
  .you .prompt {
    white-space: pre-wrap;
  }
  .say {
    padding: 0 2px;
  }
  button.fold {
    display: flex;
    gap: 5px;
    align-items: center;
    max-inline-size: 100%;
    font-size: var(--small);
    color: var(--dim);
  }
  .thought {
    margin: 5px 0 2px 6px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--line);
    font-size: var(--small);
    color: var(--dim);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    max-block-size: 50vh;
    overflow-y: auto;
  }
  .tool {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    font-size: var(--small);
    overflow: hidden;
  }
  .tool.is-running {
    border-color: color-mix(in srgb, var(--running) 45%, var(--line));
  }
  .tool.slim:not(.is-open) {
    border-color: transparent;
  }
  .tool.slim:not(.is-open) .head {
    padding: 0 2px;
    color: var(--dim);
  }
  .tool.slim .line-text {
    font: inherit;
  }
  .tool .head {
    display: flex;
    gap: 7px;
    align-items: center;
    inline-size: 100%;
    padding: 5px 8px;
  }
  .tool .head:hover {
    background: var(--hover);
  }
  .tool button.head:focus-visible {
    outline-offset: -1px;
  }
  .tool .head > .icon {
    color: var(--dim);
  }
  .tool .head > .icon.bad {
    color: var(--bad);
  }
  .tool .head > .icon.info {
    color: var(--running);
  }
  .tool .line-text {
    flex: 1;
    min-inline-size: 0;
    font-family: var(--mono);
    font-size: var(--mono-size);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tool .side {
    color: var(--dim);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .tool .part {
    border-block-start: 1px solid var(--line);
  }
  .tool .output {
    color: var(--dim);
  }
  .tool .output.failed {
    color: var(--bad-text);
  }
  .tool .label {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 3px 8px 0;
    font-size: var(--tiny);
    color: var(--dim);
  }
  .tool .todos {
    padding: 6px 8px 7px;
  }
  button.link {
    font-size: var(--small);
    color: var(--vscode-textLink-foreground);
    white-space: nowrap;
  }
  button.link:hover {
    text-decoration: underline;
  }
  .notice {
    display: flex;
    gap: 7px;
    align-items: flex-start;
    padding: 5px 8px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  .notice.info {
    border-color: transparent;
    padding: 0 2px;
    color: var(--dim);
  }
  .notice .remedy {
    display: block;
    color: var(--dim);
  }
  .decision,
  .turn-end {
    display: flex;
    gap: 6px;
    align-items: center;
    font-size: var(--small);
    color: var(--dim);
    font-variant-numeric: tabular-nums;
  }
  .decision {
    align-items: flex-start;
    overflow-wrap: anywhere;
  }
  .decision .icon {
    margin-block-start: 2px;
  }
  .turn-end::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: var(--line);
  }
  .turn-end .words {
    overflow-wrap: anywhere;
  }
  .loading {
    block-size: 24px;
    border-radius: var(--radius);
    background: var(--line);
    opacity: 0.35;
  }
  .agent-thread {
    padding: 8px 8px 8px 10px;
  }
`;
