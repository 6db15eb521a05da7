import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClaudeError } from '../../../../src/core/claude/claudeErrors.ts';
import { parseMcpConfig } from '../../../../src/core/claude/mcpConfig.ts';
import { anyText } from '../../anyText.ts';

describe('parseMcpConfig', () => {
  it('keeps definitions exactly as they are written', () => {
    const servers = {
      a: { command: 'node', args: [`\${X}`], env: { K: `\${Y:-z}` } },
      b: { type: 'http', url: 'https://h' },
    };
    const text = `\uFEFF${JSON.stringify({ mcpServers: servers, more: 1 })}`;
    expect(parseMcpConfig(text, '.mcp.json')).toEqual({ servers, refused: [] });
  });

  it.each([
    ['text with a zero byte', '{"mcpServers":{}}\0'],
    ['cut', '{"mcpServers":{"a":'],
    ['empty', ''],
    ['another form', '[]'],
    ['without servers', '{"servers":{}}'],
  ])('says in one way that a file is unreadable: %s', (_what, text) => {
    const file = '/work/.mcp.json';
    expect(() => parseMcpConfig(text, file)).toThrow(ClaudeError);
    expect(() => parseMcpConfig(text, file)).toThrow(
      expect.objectContaining({
        reason: 'unreadableMcpConfig',
        message: expect.stringContaining(file),
        remedy: expect.any(String),
      }),
    );
  });

  it('refuses single servers with a reason and keeps the others', () => {
    const text = JSON.stringify({
      mcpServers: {
        good: { command: 'x' },
        none: {},
        text: 'x',
        command: { command: 5 },
        url: { url: '' },
        args: { command: 'x', args: 'y' },
      },
    });
    const { servers, refused } = parseMcpConfig(text, '.mcp.json');
    expect(Object.keys(servers)).toEqual(['good']);
    expect(refused.map(({ server }) => server)).toEqual(['none', 'text', 'command', 'url', 'args']);
  });

  it('throws nothing else, whatever the text', () => {
    const anyContent = fc.oneof(
      anyText(),
      fc.json(),
      fc.json().map(json => `{"mcpServers":${json}}`),
    );
    fc.assert(
      fc.property(anyContent, text => {
        try {
          parseMcpConfig(text, 'x');
        } catch (error) {
          expect(error).toMatchObject({ family: 'claude', reason: 'unreadableMcpConfig' });
        }
      }),
    );
  });
});
