import { css } from 'lit';

export const graphStyles = css`
  .scroll {
    overflow: auto;
    max-block-size: min(56vh, 520px);
  }
  .graph {
    position: relative;
    margin-inline: auto;
  }
  svg {
    position: absolute;
    inset: 0;
    overflow: visible;
  }
  .edge {
    fill: none;
    stroke: var(--faint);
    stroke-width: 1;
  }
  .edge.went {
    stroke: var(--dim);
  }
  marker path {
    fill: var(--faint);
  }
  button.node {
    position: absolute;
    display: grid;
    grid-template-columns: 14px minmax(0, 1fr) auto;
    column-gap: 6px;
    align-content: center;
    align-items: center;
    padding: 3px 8px;
    border: 1px solid var(--edge, var(--line));
    border-radius: var(--radius);
    background: var(--card);
    line-height: 1.35;
  }
  button.node:hover {
    background: linear-gradient(var(--hover), var(--hover)) var(--card);
  }
  button.node.chosen {
    box-shadow: 0 0 0 1px var(--edge, var(--dim));
    background: linear-gradient(var(--selected), var(--selected)) var(--card);
  }
  button.node:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: var(--radius);
  }
  .name {
    font-weight: 500;
  }
  .kind {
    display: flex;
    color: var(--dim);
  }
  .facts {
    grid-column: 2 / 4;
    font-size: var(--small);
    color: var(--dim);
  }
  .node.running {
    --edge: var(--running);
  }
  .node.succeeded {
    --edge: var(--ok);
  }
  .node.failed {
    --edge: var(--bad);
  }
  .node.asking,
  .node.retrying {
    --edge: var(--warn);
    border-style: dashed;
  }
  .node.skipped {
    border-style: dotted;
  }
  .node.waiting .name,
  .node.skipped .name {
    color: var(--dim);
    font-weight: 400;
  }
  @media (forced-colors: active) {
    .edge {
      stroke: CanvasText;
    }
    marker path {
      fill: CanvasText;
    }
  }
`;
