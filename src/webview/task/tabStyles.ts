import { css } from 'lit';

/** The parts of a task that are not its transcript: plain sections. */
export const sectionStyles = css`
  .sections {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overflow-x: hidden;
    padding-block-end: 12px;
  }
  section {
    padding: 4px var(--gutter) 2px;
  }
  h2 {
    margin: 8px 0 5px;
    font-size: var(--tiny);
    font-weight: 600;
    letter-spacing: 0.03em;
    color: var(--dim);
  }
  h2.model {
    display: flex;
    gap: 8px;
    letter-spacing: 0;
    font-size: var(--small);
    color: var(--foreground);
  }
  .nothing,
  .note {
    margin: 0 0 6px;
    font-size: var(--small);
    color: var(--dim);
    overflow-wrap: anywhere;
  }
  p.nothing {
    padding-block: 0;
  }
  .sections > p.nothing {
    padding: 12px var(--gutter);
  }
  .big {
    margin: 0 0 2px;
    font-size: calc(var(--vscode-font-size, 13px) * 1.5);
    font-weight: 600;
    line-height: 1.3;
  }
  ul.entries {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1px;
    margin: 0 calc(-1 * var(--gutter));
    padding: 0;
    list-style: none;
  }
  ul.entries li {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    padding: 4px var(--gutter);
  }
  ul.entries li > .icon {
    margin-block-start: 2px;
  }
  ul.entries .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1;
    gap: 3px;
    min-inline-size: 0;
  }
  ul.entries .head {
    display: flex;
    gap: 8px;
    align-items: flex-start;
  }
  .words {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .words.one-line {
    display: block;
  }
  .side {
    white-space: nowrap;
  }
  .bad-words {
    color: var(--bad-text);
  }
  .error,
  .prompt {
    margin-block-start: 4px;
    border: 1px solid var(--line);
    border-radius: 3px;
    background: var(--box);
  }
  .error {
    color: var(--bad-text);
  }
  dl.table {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 3px 14px;
    margin: 0 0 8px;
    font-size: var(--small);
  }
  dl.table.wide {
    grid-template-columns: auto minmax(0, 1fr);
  }
  dl.table:not(.wide) dd {
    text-align: end;
  }
  dt {
    color: var(--dim);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .meter {
    block-size: 4px;
    margin-block: 4px 6px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--track);
  }
  .meter > span {
    display: block;
    block-size: 100%;
    background: currentColor;
  }
  @media (forced-colors: active) {
    .meter > span {
      background: CanvasText;
    }
  }
  button.link {
    color: var(--vscode-textLink-foreground);
    font-size: var(--small);
  }
`;
