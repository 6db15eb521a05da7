import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../../src/webview/markdown/blockMarkdown.ts';
import { decodeEntities } from '../../../../src/webview/markdown/entities.ts';
import { safeLink } from '../../../../src/webview/markdown/safeLink.ts';

describe('safeLink', () => {
  it.each([
    'https://example.com/a?b#c',
    'mailto:kim@example.com',
    'src/server.ts',
    './src/server.ts:12',
    'server.ts:12:3',
    'C:\\work\\shop\\a.ts',
    '/home/kim/a.ts',
  ])('opens %s', href => {
    expect(safeLink(href)).toBe(href);
  });

  it.each([
    '',
    '#top',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>1</script>',
    'command:workbench.action.quit',
    'vscode://settings',
    'file:///etc/passwd',
    'vbscript:x',
    'blob:http://x',
    '//evil.example/x',
    '\\\\evil\\share',
    `https://example.com/${'a'.repeat(5000)}`,
  ])('does not open %s', href => {
    expect(safeLink(href)).toBeUndefined();
  });

  it('opens nothing with a scheme that is not on the list', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9+.-]{1,12}$/), fc.string(), (scheme, rest) => {
        const link = safeLink(`${scheme}:${rest}`);
        const isPlaceInFile = /^[^:/?#]+\.[A-Za-z0-9]+(:\d+){1,2}$/.test(`${scheme}:${rest}`.trim());
        expect(link === undefined || ['http', 'https', 'mailto'].includes(scheme) || isPlaceInFile).toBe(true);
      }),
    );
  });
});

describe('decodeEntities', () => {
  it('makes characters of entities', () => {
    expect(decodeEntities('a &lt;b&gt; &amp;amp; &#65;&#x42; &nope; &#0; &#x110000;')).toBe(
      'a <b> &amp; AB &nope; &#0; &#x110000;',
    );
  });
});

describe('readMarkdown', () => {
  it('keeps markup as text tokens', () => {
    const types = readMarkdown('<img src=x onerror=alert(1)>\n\ntext').map(({ type }) => type);
    expect(types).toContain('html');
  });

  it('shows a text beyond all measure as it is', () => {
    expect(readMarkdown('x'.repeat(200_001)).map(({ type }) => type)).toEqual(['plain']);
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '>',
      '- ',
      '* ',
      '[',
      ']',
      '(',
      ')',
      '`',
      '```\n',
      '|',
      '\n',
      '<',
      '&',
      '_',
      '**',
      '#',
      '1. ',
      '\\',
      'a',
      '\u202e',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 80 }), pieces => void readMarkdown(pieces.join(''))));
    expect(readMarkdown('>'.repeat(20_000))).not.toHaveLength(0);
  });
});
