import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { panelHtml } from '../../../../src/vscode/panel/panelHtml.ts';

const template = readFileSync(new URL('../../../../src/webview/panel.html', import.meta.url), 'utf8');
const addresses = {
  cspSource: 'https://cdn',
  scriptUri: 'https://cdn/panel.js',
  styleUri: 'https://cdn/panel.css',
  codiconUri: 'https://cdn/c.ttf',
};
const page = { nonce: 'abc', surface: 'editor', title: 'A "<b>" & c' } as const;

describe('panelHtml', () => {
  it('fills in every token of the page', () => {
    const html = panelHtml(template, addresses, page);
    expect(html).not.toContain('#{');
    expect(html).toContain('data-surface="editor"');
  });

  it('lets nothing load by default, and only scripts with the nonce run', () => {
    const html = panelHtml(template, addresses, page);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain("script-src 'nonce-abc'");
    expect(html).not.toContain('unsafe-inline');
    expect(html).not.toContain('unsafe-eval');
  });

  it('escapes what it fills in', () => {
    expect(panelHtml(template, addresses, page)).toContain('A &quot;&lt;b&gt;&quot; &amp; c');
  });

  it('refuses a page with a token that nobody fills in', () => {
    expect(() => panelHtml('#{surprise}', addresses, page)).toThrow('#{surprise}');
  });
});
