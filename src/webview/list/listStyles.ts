import { css } from 'lit';

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  #scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overflow-x: hidden;
    overflow-anchor: none;
  }
  .group {
    display: flex;
    gap: 6px;
    align-items: center;
    padding: 7px var(--gutter) 5px;
    font-size: var(--tiny);
    font-weight: 600;
    color: var(--dim);
    letter-spacing: 0.03em;
    cursor: pointer;
  }
  .group .icon {
    opacity: 0;
  }
  .group:hover .icon,
  .group:focus .icon,
  .group[aria-expanded='false'] .icon {
    opacity: 1;
  }
  .count {
    color: var(--vscode-badge-foreground);
    background: var(--vscode-badge-background);
  }
  .row {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr) auto;
    column-gap: 8px;
    align-items: center;
    padding: 6px var(--gutter) 7px;
    cursor: pointer;
  }
  .row.inner {
    padding-inline-start: 36px;
  }
  .row:hover {
    background: var(--hover);
  }
  .row.open {
    background: var(--selected);
  }
  .row:hover,
  .row.open {
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .row:focus-visible,
  .group:focus-visible,
  .action:focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: -1px;
  }
  .row.unread .title {
    font-weight: 600;
  }
  .row.unread .title::before {
    content: '';
    display: inline-block;
    inline-size: 6px;
    block-size: 6px;
    margin-inline-end: 6px;
    vertical-align: 2px;
    border-radius: 50%;
    background: var(--running);
  }
  .facts {
    grid-area: 1 / 3;
    color: var(--dim);
    font-size: var(--small);
    white-space: nowrap;
  }
  .actions {
    grid-area: 1 / 3;
    display: none;
    justify-self: end;
    gap: 2px;
    margin-block: -2px;
  }
  .row:hover .actions,
  .row:focus-within .actions,
  .row:focus .actions {
    display: flex;
  }
  .row:hover .facts,
  .row:focus-within .facts,
  .row:focus .facts {
    display: none;
  }
  .state.dim {
    color: var(--dim);
  }
  .activity {
    grid-column: 2 / 4;
    color: var(--dim);
    font-size: var(--small);
  }
  .progress {
    grid-column: 2 / 4;
    block-size: 3px;
    margin-block-start: 5px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--track);
  }
  .progress > span {
    display: block;
    block-size: 100%;
    background: currentColor;
    transition: inline-size 0.3s;
  }
  .action {
    padding: 6px var(--gutter) 6px 36px;
    font-size: var(--small);
    color: var(--vscode-textLink-foreground);
    cursor: pointer;
  }
  .action:hover {
    text-decoration: underline;
  }
  @media (prefers-reduced-motion: reduce) {
    .progress > span {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .progress > span {
      background: CanvasText;
    }
  }
`;
