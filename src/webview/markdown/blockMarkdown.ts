import { html, nothing, type TemplateResult } from 'lit';
import { Lexer, type Token, type Tokens } from 'marked';
import { visibleText } from '../../base/visibleText.ts';
import { DEEPEST, inlineMarkdown, type OpenLink } from './inlineMarkdown.ts';

/** Longer texts are shown as they are written. */
const LONGEST = 200_000;
/** Headings of a text stand below those of the transcript. */
const HEADING_BASE = 3;

/** Markdown as templates. There is no string of markup anywhere on the way, so nothing can become an element or a script. */
export function markdown(text: string, openLink: OpenLink): unknown {
  return blockMarkdown(readMarkdown(text), openLink);
}

/** What cannot be read as Markdown is one plain paragraph. */
export function readMarkdown(text: string): Token[] {
  if (text.length <= LONGEST) {
    try {
      return new Lexer({ gfm: true }).lex(text);
    } catch {
      // Falls through: nested too deeply for the reader.
    }
  }
  return [{ type: 'plain', raw: text }];
}

export function blockMarkdown(tokens: readonly Token[] | undefined, openLink: OpenLink, depth = 0): unknown {
  return tokens?.map(token => (depth > DEEPEST ? plain(token.raw) : block(token, openLink, depth + 1)));
}

function block(token: Token, openLink: OpenLink, depth: number): unknown {
  const generic = token as Tokens.Generic;
  switch (token.type) {
    case 'space':
    case 'def':
      return nothing;
    case 'heading':
      return html`<div
        class="heading h${Math.min(4, (token as Tokens.Heading).depth)}"
        role="heading"
        aria-level=${Math.min(6, (token as Tokens.Heading).depth + HEADING_BASE)}
        dir="auto"
      >
        ${inlineMarkdown(generic.tokens, openLink, depth)}
      </div>`;
    case 'paragraph':
      return html`<p dir="auto">${inlineMarkdown(generic.tokens, openLink, depth)}</p>`;
    case 'code':
      return html`<panel-code-block
        .code=${(token as Tokens.Code).text}
        .language=${(token as Tokens.Code).lang ?? ''}
      ></panel-code-block>`;
    case 'blockquote':
      return html`<blockquote>${blockMarkdown(generic.tokens, openLink, depth)}</blockquote>`;
    case 'list':
      return list(token as Tokens.List, openLink, depth);
    case 'table':
      return table(token as Tokens.Table, openLink, depth);
    case 'hr':
      return html`<hr />`;
    case 'text':
      return html`<span dir="auto">${inlineMarkdown(generic.tokens ?? [token], openLink, depth)}</span>`;
    case 'plain':
    case 'html':
      return plain(token.raw);
    default:
      // Tokens of a line may stand at the level of blocks, in items of tight lists.
      return inlineMarkdown([token], openLink, depth);
  }
}

function plain(raw: string): TemplateResult {
  return html`<p class="plain-text" dir="auto">${visibleText(raw.trimEnd())}</p>`;
}

function list(token: Tokens.List, openLink: OpenLink, depth: number): TemplateResult {
  const items = token.items.map(
    item => html`<li class=${item.task ? 'task' : ''} dir="auto">${blockMarkdown(item.tokens, openLink, depth)}</li>`,
  );
  return token.ordered
    ? html`<ol start=${token.start === '' ? 1 : token.start}>
        ${items}
      </ol>`
    : html`<ul>
        ${items}
      </ul>`;
}

function table(token: Tokens.Table, openLink: OpenLink, depth: number): TemplateResult {
  const cell = (content: Tokens.TableCell): unknown => inlineMarkdown(content.tokens, openLink, depth);
  return html`<div class="table-scroll" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead>
        <tr>
          ${token.header.map(content => html`<th dir="auto" class=${content.align ?? ''}>${cell(content)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${token.rows.map(
          row =>
            html`<tr>
              ${row.map(content => html`<td dir="auto" class=${content.align ?? ''}>${cell(content)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
