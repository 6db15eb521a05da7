import { css, html, LitElement } from 'lit';
import { baseStyles } from '../styles/baseStyles.ts';
import { markdown } from './blockMarkdown.ts';
import type { OpenLink } from './inlineMarkdown.ts';
import './codeBlock.ts';

/** A text of the agent, read as Markdown. */
class MarkdownText extends LitElement {
  static override properties = { text: { attribute: false }, openLink: { attribute: false } };
  declare text: string;
  declare openLink: OpenLink;

  static override styles = [
    ...baseStyles,
    css`
      .text {
        overflow-wrap: anywhere;
      }
      .text > :first-child {
        margin-block-start: 0;
      }
      .text > :last-child {
        margin-block-end: 0;
      }
      p {
        margin: 0 0 7px;
      }
      .plain-text {
        white-space: pre-wrap;
      }
      .heading {
        font-weight: 600;
        margin: 11px 0 5px;
      }
      .heading.h1 {
        font-size: 1.2em;
      }
      .heading.h2 {
        font-size: 1.1em;
      }
      ul,
      ol {
        margin: 0 0 7px;
        padding-inline-start: 20px;
      }
      li {
        margin: 2px 0;
      }
      li.task {
        list-style: none;
        margin-inline-start: -18px;
      }
      li > p {
        margin-block-end: 4px;
      }
      code {
        font-family: var(--mono);
        font-size: var(--mono-size);
        color: var(--vscode-textPreformat-foreground);
        background: var(--vscode-textPreformat-background);
        padding: 1px 4px;
        border-radius: 3px;
      }
      a {
        color: var(--vscode-textLink-foreground);
        cursor: pointer;
      }
      a:hover {
        color: var(--vscode-textLink-activeForeground);
        text-decoration: underline;
      }
      blockquote {
        margin: 0 0 7px;
        padding: 1px 10px;
        border-inline-start: 2px solid var(--vscode-textBlockQuote-border, var(--line));
        color: var(--dim);
      }
      hr {
        border: none;
        border-block-start: 1px solid var(--line);
        margin: 10px 0;
      }
      .table-scroll {
        overflow-x: auto;
        margin: 0 0 7px;
      }
      table {
        border-collapse: collapse;
        font-size: var(--small);
      }
      th,
      td {
        text-align: start;
        padding: 3px 10px 3px 0;
        border-block-end: 1px solid var(--line);
        vertical-align: top;
        overflow-wrap: normal;
      }
      th {
        font-weight: 600;
      }
      .right {
        text-align: end;
      }
      .center {
        text-align: center;
      }
    `,
  ];

  constructor() {
    super();
    this.text = '';
    this.openLink = () => undefined;
  }

  override render(): unknown {
    return html`<div class="text">${markdown(this.text, this.openLink)}</div>`;
  }
}

customElements.define('panel-markdown', MarkdownText);
