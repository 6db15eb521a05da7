import { html, type TemplateResult } from 'lit';
import type { Token, Tokens } from 'marked';
import { visibleText } from '../../base/visibleText.ts';
import { decodeEntities } from './entities.ts';
import { safeLink } from './safeLink.ts';

export type OpenLink = (href: string) => void;

/** Deeper than anyone writes; beyond it the source is shown as it is. */
export const DEEPEST = 24;

/** Tokens within a line. Markup of any kind is shown as the text that it is. */
export function inlineMarkdown(tokens: readonly Token[] | undefined, openLink: OpenLink, depth = 0): unknown {
  return tokens?.map(token => (depth > DEEPEST ? visibleText(token.raw) : inlineToken(token, openLink, depth + 1)));
}

function inlineToken(token: Token, openLink: OpenLink, depth: number): unknown {
  const inner = (): unknown => inlineMarkdown((token as Tokens.Generic).tokens, openLink, depth);
  switch (token.type) {
    case 'strong':
      return html`<strong>${inner()}</strong>`;
    case 'em':
      return html`<em>${inner()}</em>`;
    case 'del':
      return html`<del>${inner()}</del>`;
    case 'codespan':
      return html`<code dir="ltr">${visibleText((token as Tokens.Codespan).text)}</code>`;
    case 'br':
      return html`<br />`;
    case 'link':
      return link((token as Tokens.Link).href, inner(), token.raw, openLink);
    case 'image': {
      // Nothing is loaded from the network. The person may open the picture in a browser.
      const { href, text } = token as Tokens.Image;
      return link(href, `image: ${visibleText(text === '' ? href : text)}`, token.raw, openLink);
    }
    case 'checkbox':
      return html`<span class="box" role="img" aria-label=${(token as Tokens.Generic)['checked'] === true ? 'done' : 'not done'}
        >${(token as Tokens.Generic)['checked'] === true ? '☑' : '☐'}</span
      > `;
    case 'escape':
      return visibleText((token as Tokens.Escape).text);
    case 'text':
      return (token as Tokens.Text).tokens === undefined
        ? visibleText(decodeEntities((token as Tokens.Text).text))
        : inner();
    default:
      return visibleText(token.raw);
  }
}

function link(href: string, content: unknown, raw: string, openLink: OpenLink): TemplateResult | string {
  const address = safeLink(decodeEntities(href));
  if (address === undefined) {
    return visibleText(raw);
  }
  const open = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    openLink(address);
  };
  // No `href`: the view itself can never go anywhere.
  return html`<a
    role="link"
    tabindex="0"
    title=${visibleText(address)}
    @click=${open}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter' && !event.repeat) {
        open(event);
      }
    }}
    >${content}</a
  >`;
}
