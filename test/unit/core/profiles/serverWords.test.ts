import { describe, expect, it } from 'vitest';
import { commandLine, describeServer, runsFolderCode } from '../../../../src/core/profiles/serverWords.ts';
import { MASK } from '../../../../src/core/security/maskedOutput.ts';

describe('describeServer', () => {
  it('shows the exact command with variables unexpanded and secrets hidden', () => {
    const line = describeServer('tickets', {
      command: './tools/serve.sh',
      args: ['--home', `\${HOME}/x`, 'two words'],
      env: { TOKEN: 'hunter2hunter2', FROM: `\${TOKEN}` },
    });
    expect(line).toBe(
      `Starts the MCP server tickets: ./tools/serve.sh --home \${HOME}/x "two words" (variables: TOKEN=${MASK}, FROM=\${TOKEN})`,
    );
  });

  it('shows the address of a remote server and the command that makes its headers', () => {
    expect(
      describeServer('web', {
        type: 'http',
        url: 'https://h/mcp?k=1',
        headers: { A: 'bcdefghijk' },
        headersHelper: './h.sh',
      }),
    ).toBe(`Connects to the MCP server web: https://h/mcp?${MASK} (headers: A=${MASK}; runs for its headers: ./h.sh)`);
  });

  it('goes by the type when a definition has both a command and an address', () => {
    expect(describeServer('x', { type: 'http', url: 'https://h', command: 'y' })).toContain(
      'Connects to the MCP server x: https://h',
    );
    expect(describeServer('x', { url: 'https://h', command: 'y' })).toContain('Starts the MCP server x: y');
  });

  it('tells which tools the definition itself lets run without asking', () => {
    const line = describeServer('x', {
      command: 'x',
      toolPermissions: { send: 'allow', read: 'ask' },
      tools: [{ name: 'pay', permission_policy: 'always_allow' }],
    });
    expect(line).toContain('lets these of its tools run without asking: send, pay');
  });
});

describe('commandLine', () => {
  it('keeps each argument one, whatever it holds', () => {
    expect(commandLine('sh', ['-c', 'rm -rf "$HOME"; x', ''])).toBe(String.raw`sh -c "rm -rf \"$HOME\"; x" ""`);
  });
});

describe('runsFolderCode', () => {
  it.each([
    ['node', ['./server.js']],
    ['./serve', []],
    ['python3', ['tools/server.py']],
    ['..\\serve.cmd', []],
    ['node', [`\${CLAUDE_PROJECT_DIR}/x`]],
  ])('sees code of the folder in %s %j', (command, args) => {
    expect(runsFolderCode({ command, args })).toBe(true);
  });

  it.each([
    ['npx', ['-y', '@scope/server@1.2.3']],
    ['/usr/bin/node', ['/opt/server.js']],
    ['uvx', ['mcp-server-git']],
  ])('sees none in %s %j', (command, args) => {
    expect(runsFolderCode({ command, args })).toBe(false);
  });

  it('sees none in a remote server', () => {
    expect(runsFolderCode({ type: 'http', url: 'https://host/x.js' })).toBe(false);
  });
});
