import { css } from 'lit';

/** The shape of the number behind the title of a group; its colours are its place's. */
export const countBadge = css`
  .count {
    min-inline-size: 16px;
    padding: 0 5px;
    border-radius: 9px;
    font-size: calc(var(--tiny) * 0.92);
    line-height: 16px;
    letter-spacing: 0;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
`;
