import { css } from 'lit';

export const cardStyles = css`
  :host {
    container: card / inline-size;
    --input-background: var(--field);
    --input-edge: var(--strong-line);
    --input-focus-edge: var(--focus);
    --input-padding: 5px 8px;
    --input-max-height: 30vh;
  }
  article {
    position: relative;
    border: 1px solid var(--line);
    border-inline-start: 2px solid var(--needs-background);
    border-radius: var(--radius);
    background: var(--card);
    padding: 8px 10px 10px;
    animation: settle 0.4s ease-in both;
  }
  article.settled {
    border-inline-start-color: var(--line);
  }
  article:focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: 0;
  }
  @keyframes settle {
    from {
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    article {
      animation-timing-function: step-end;
    }
  }
  .who {
    display: flex;
    gap: 8px;
    align-items: baseline;
    font-size: var(--small);
    color: var(--dim);
  }
  .who .waiting {
    flex: none;
  }
  .place .deadline {
    color: var(--warn-text);
  }
  .who .name {
    font-size: var(--vscode-font-size, 13px);
    font-weight: 600;
    color: var(--foreground);
  }
  .who button.name:hover {
    text-decoration: underline;
  }
  .place {
    display: flex;
    flex-wrap: wrap;
    gap: 0 10px;
    font-size: var(--small);
    color: var(--dim);
  }
  .place > span {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    min-inline-size: 0;
  }
  .ask {
    margin: 5px 0 6px;
    overflow-wrap: anywhere;
  }
  .ask code,
  .caution code {
    font-family: var(--mono);
    font-size: var(--mono-size);
    color: inherit;
    background: none;
    padding: 0;
  }
  .box {
    display: block;
    margin-block: 6px;
    border: 1px solid var(--line);
    border-radius: 3px;
    overflow: hidden;
    background: var(--box);
  }
  .box-head {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 2px 8px;
    color: var(--dim);
    border-block-end: 1px solid var(--line);
  }
  .box-head .wrap {
    overflow-wrap: anywhere;
  }
  button.link {
    font-size: var(--small);
    white-space: nowrap;
    color: var(--vscode-textLink-foreground);
  }
  button.link:hover {
    text-decoration: underline;
  }
  .ask.with-fold {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    align-items: baseline;
  }
  button.fold {
    display: inline-flex;
    gap: 2px;
    align-items: center;
    align-self: flex-start;
    font-size: var(--small);
    color: var(--dim);
  }
  button.fold:hover {
    color: var(--foreground);
  }
  button.more {
    display: block;
    inline-size: 100%;
    padding: 3px 8px;
    font-size: var(--small);
    color: var(--vscode-textLink-foreground);
    border-block-start: 1px solid var(--line);
  }
  .plan {
    padding: 8px 10px;
    overflow: auto;
  }
  .plan.folded {
    max-block-size: 300px;
    overflow: hidden;
    mask-image: linear-gradient(black 80%, transparent);
  }
  .plan.open {
    max-block-size: min(60vh, 560px);
  }
  .caution {
    display: flex;
    gap: 6px;
    margin-block: 6px;
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  .why {
    margin: 6px 0 8px;
    font-size: var(--small);
    color: var(--dim);
    overflow-wrap: anywhere;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
  }
  @container card (max-width: 270px) {
    .narrow-icon .button-label {
      display: none;
    }
    .hint {
      display: none;
    }
  }
  .options {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block: 2px 8px;
  }
  .options:last-child {
    margin-block-end: 0;
  }
  .options.described {
    flex-direction: column;
    align-items: flex-start;
  }
  button.option {
    display: grid;
    inline-size: 100%;
    padding: 4px 9px;
    border-radius: var(--radius);
    border: 1px solid var(--vscode-button-secondaryBorder, var(--strong-line));
    background: var(--vscode-button-secondaryBackground, transparent);
    color: var(--vscode-button-secondaryForeground, var(--foreground));
    overflow-wrap: anywhere;
  }
  button.option:hover {
    background: var(--vscode-button-secondaryHoverBackground, transparent);
  }
  .question {
    margin-block-start: 6px;
  }
  .question + .question {
    margin-block-start: 10px;
  }
  .other {
    margin-block: 4px 6px;
  }
  .deny {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 5px;
  }
  .hint {
    font-size: var(--small);
    color: var(--dim);
  }
  ul.grants {
    list-style: none;
    margin: 6px 0;
    padding: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 3px;
    font-size: var(--small);
  }
  ul.grants li {
    display: flex;
    gap: 6px;
    overflow-wrap: anywhere;
  }
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    margin-block: 8px;
  }
  .page button {
    text-align: start;
    color: var(--vscode-textLink-foreground);
    overflow-wrap: anywhere;
  }
  .field-title {
    margin-block-end: 2px;
  }
  .field-error,
  .failure {
    font-size: var(--small);
    color: var(--bad-text);
    overflow-wrap: anywhere;
  }
  .nudge {
    margin-block-start: 6px;
    font-size: var(--small);
    color: var(--warn-text);
  }
  .settled-line {
    display: flex;
    gap: 6px;
    align-items: center;
    margin-block-start: 4px;
  }
`;
