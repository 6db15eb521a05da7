import { css } from 'lit';

export const rootStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-inline-size: 0;
  }
  .layout {
    display: flex;
    flex: 1;
    min-block-size: 0;
    min-inline-size: 0;
  }
  section {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
    min-inline-size: 0;
  }
  section[hidden] {
    display: none;
  }
  .wide > .list {
    flex: 0 0 clamp(300px, 30%, 400px);
    border-inline-end: 1px solid var(--line);
  }
  panel-task-list,
  panel-task-view {
    flex: 1;
  }
  panel-compose {
    flex: none;
  }
  .strip {
    display: flex;
    gap: 7px;
    align-items: center;
    min-block-size: 28px;
    padding: 2px 5px 2px var(--gutter);
    font-size: var(--small);
    color: var(--dim);
    border-block-end: 1px solid var(--line);
  }
`;
