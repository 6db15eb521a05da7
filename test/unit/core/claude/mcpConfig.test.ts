import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ClaudeError } from '../../../../src/core/claude/claudeErrors.ts';
import { parseMcpConfig, readMcpConfig } from '../../../../src/core/claude/mcpConfig.ts';

function fileWith(content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, '.mcp.json'), content);
  return join(folder, '.mcp.json');
}

describe('readMcpConfig', () => {
  it('keeps definitions exactly as they are written', async () => {
    const servers = {
      a: { command: 'node', args: [`\${X}`], env: { K: `\${Y:-z}` } },
      b: { type: 'http', url: 'https://h' },
    };
    const file = fileWith(`\uFEFF${JSON.stringify({ mcpServers: servers, more: 1 })}`);
    expect(await readMcpConfig(file)).toMatchObject({ servers, refused: [] });
  });

  it.each([
    ['binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0xff])],
    ['text with a zero byte', '{"mcpServers":{}}\0'],
    ['cut', '{"mcpServers":{"a":'],
    ['empty', ''],
    ['another form', '[]'],
    ['without servers', '{"servers":{}}'],
    ['too large', ' '.repeat(1024 * 1024 + 1)],
  ])('says in one way that a file is unreadable: %s', async (_what, content) => {
    const file = fileWith(content);
    const failure = await readMcpConfig(file).catch(error => error);
    expect(failure).toBeInstanceOf(ClaudeError);
    expect(failure).toMatchObject({
      reason: 'unreadableMcpConfig',
      message: expect.stringContaining(file),
      remedy: expect.any(String),
    });
  });

  it.each(['/nowhere/.mcp.json', tmpdir()])('says the same of %s, which is no file', async file => {
    await expect(readMcpConfig(file)).rejects.toMatchObject({ family: 'claude', reason: 'unreadableMcpConfig' });
  });
});

describe('parseMcpConfig', () => {
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
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.json().map(json => `{"mcpServers":${json}}`),
    );
    fc.assert(
      fc.property(anyText, text => {
        try {
          parseMcpConfig(text, 'x');
        } catch (error) {
          expect(error).toMatchObject({ family: 'claude', reason: 'unreadableMcpConfig' });
        }
      }),
    );
  });
});
