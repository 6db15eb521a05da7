import { css } from 'lit';

/** A field with its buttons inside the same frame. */
export const fieldBoxStyles = css`
  .field-box {
    border: 1px solid var(--strong-line);
    border-radius: var(--radius-large);
    background: var(--field);
  }
  .field-box:focus-within {
    border-color: var(--focus);
  }
  .field-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    padding: 0 6px 6px;
    min-inline-size: 0;
  }
  .field-actions > * {
    min-inline-size: 0;
  }
`;
