import { css } from 'lit';

/** Small choices inside a field, quiet until they are pointed at. */
export const pillStyles = css`
  button.pill {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-inline-size: 0;
    max-inline-size: 100%;
    padding: 2px 6px;
    border-radius: var(--radius);
    font-size: var(--small);
    line-height: 18px;
  }
  button.pill:hover,
  button.pill[aria-expanded='true'] {
    background: var(--vscode-toolbar-hoverBackground, transparent);
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent);
    outline-offset: -1px;
  }
  button.pill .icon {
    color: var(--dim);
  }
`;
