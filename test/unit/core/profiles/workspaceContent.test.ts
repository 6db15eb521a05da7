import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../src/base/canonicalJson.ts';
import type { JsonObject } from '../../../../src/base/json.ts';
import type { FolderPart } from '../../../../src/core/profiles/projectSettings.ts';
import { describeSettings, LOCAL_SETTINGS, PROJECT_SETTINGS } from '../../../../src/core/profiles/projectSettings.ts';
import { addsOnlyRules, type LaunchParts, workspaceContent } from '../../../../src/core/profiles/workspaceContent.ts';
import { MASK } from '../../../../src/core/security/maskedOutput.ts';

const NOTHING: LaunchParts = {
  folder: '/work/shop',
  servers: {},
  serverFiles: [],
  profileFile: '.claude-panel/profiles.yaml',
  permissionMode: 'default',
  allowedTools: [],
  folderParts: [],
};

function part(file: string, values: JsonObject, allowRules: readonly string[] = []): FolderPart {
  return { file, values, lines: describeSettings(values), allowRules };
}

const FULL: LaunchParts = {
  ...NOTHING,
  servers: { tickets: { command: 'node', args: ['./t.js'], env: { TOKEN: 'hunter2hunter2' } } },
  serverFiles: ['.mcp.json'],
  permissionMode: 'acceptEdits',
  allowedTools: ['Bash(npm test *)'],
  prompt: 'Be brief.\u202e',
  folderParts: [part(PROJECT_SETTINGS, { apiKeyHelper: './key.sh', env: { A: 'secret-secret' } })],
};

describe('workspaceContent', () => {
  it('is not there when the workspace starts and grants nothing', () => {
    expect(workspaceContent(NOTHING)).toBeUndefined();
    expect(workspaceContent({ ...NOTHING, permissionMode: 'plan' })).toBeUndefined();
    expect(workspaceContent({ ...NOTHING, permissionMode: 'dontAsk' })).toBeUndefined();
  });

  it('tells in one line what would happen, and names the files', () => {
    const content = workspaceContent(FULL);
    expect(content?.headline).toBe(
      'Files of this folder would start 1 MCP server, run 1 command unasked, allow 1 thing unasked, set the mode "Accept edits", add to the instructions of Claude and change 1 setting of Claude Code.',
    );
    expect(content?.files).toEqual(['.claude-panel/profiles.yaml', '.claude/settings.json', '.mcp.json']);
  });

  it('shows each grant and the full text, without secrets and with hidden characters visible', () => {
    const content = workspaceContent(FULL);
    expect(content?.grants).toContain(`Starts the MCP server tickets: node ./t.js (variables: TOKEN=${MASK})`);
    expect(content?.grants).toContain('Lets run without asking: Bash(npm test *)');
    expect(content?.grants).toContain('Runs for apiKeyHelper: ./key.sh [.claude/settings.json]');
    expect(content?.grants.some(line => line.includes('later changes of that code'))).toBe(true);
    expect(content?.content).toContain('Be brief.⟨U+202E⟩');
    expect(content?.content).toContain('./key.sh');
    expect(JSON.stringify(content)).not.toMatch(/hunter2|secret-secret/);
  });

  it('counts a changed secret, though it shows none', () => {
    const other = { ...FULL, servers: { tickets: { ...FULL.servers['tickets'], env: { TOKEN: 'another-secret' } } } };
    expect(workspaceContent(other)?.content).toBe(workspaceContent(FULL)?.content);
    expect(workspaceContent(other)?.fingerprint).not.toBe(workspaceContent(FULL)?.fingerprint);
  });

  it.each<[string, Partial<LaunchParts>]>([
    ['another folder', { folder: '/work/other' }],
    [
      'another argument',
      { servers: { tickets: { command: 'node', args: ['./u.js'], env: { TOKEN: 'hunter2hunter2' } } } },
    ],
    ['another server', { servers: { ...FULL.servers, more: { command: 'x' } } }],
    ['another mode', { permissionMode: 'auto' }],
    ['no mode', { permissionMode: 'default' }],
    ['another rule', { allowedTools: ['Bash(npm run *)'] }],
    ['one rule more', { allowedTools: ['Bash(npm test *)', 'Read'] }],
    ['another prompt', { prompt: 'Be brief.' }],
    ['another hook', { folderParts: [part(PROJECT_SETTINGS, { apiKeyHelper: './other.sh' })] }],
    ['no settings', { folderParts: [] }],
  ])('asks again for %s', (_what, change) => {
    expect(workspaceContent({ ...FULL, ...change })?.fingerprint).not.toBe(workspaceContent(FULL)?.fingerprint);
  });

  it('does not ask again because of an order, or of what grants nothing', () => {
    const two = {
      ...FULL,
      allowedTools: ['Read', 'Bash(npm test *)'],
      folderParts: [...FULL.folderParts, part('.claude/agents/a.md', { permissionMode: 'acceptEdits' })],
    };
    const turned = {
      ...two,
      allowedTools: [...two.allowedTools].reverse(),
      folderParts: [...two.folderParts].reverse(),
      serverFiles: ['.mcp.other.json'],
    };
    expect(workspaceContent(turned)?.fingerprint).toBe(workspaceContent(two)?.fingerprint);
  });

  it('has one fingerprint for one content and another for any other', () => {
    const parts = fc.record({
      servers: fc.dictionary(
        fc.constantFrom('a', 'b'),
        fc.record({ command: fc.constantFrom('x', 'y'), env: fc.constantFrom({}, { K: '1' }) }),
      ),
      permissionMode: fc.constantFrom('default', 'acceptEdits', 'auto'),
      allowedTools: fc.uniqueArray(fc.constantFrom('Read', 'Bash(x)')),
      prompt: fc.constantFrom('p', 'q'),
    });
    const key = (value: { servers: object; permissionMode: string; allowedTools: string[]; prompt: string }): string =>
      canonicalJson([value.servers, value.permissionMode, [...value.allowedTools].sort(), value.prompt]);
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const [first, second] = [one, other].map(
          change => workspaceContent({ ...NOTHING, ...change } as LaunchParts)?.fingerprint,
        );
        expect(first === second).toBe(key(one) === key(other));
      }),
    );
  });
});

describe('addsOnlyRules', () => {
  const withLocal = (parts: LaunchParts, allow: string[], more: JsonObject = {}): LaunchParts => ({
    ...parts,
    folderParts: [...parts.folderParts, part(LOCAL_SETTINGS, { permissions: { allow }, ...more }, allow)],
  });

  it('knows a rule that a person has just allowed for good', () => {
    const after = workspaceContent(withLocal(FULL, ['Bash(make)']));
    expect(after && addsOnlyRules(workspaceContent(FULL), after, ['Bash(make)'])).toBe(true);
    const first = workspaceContent(withLocal(NOTHING, ['Bash(make)']));
    expect(first && addsOnlyRules(undefined, first, ['Bash(make)'])).toBe(true);
  });

  it.each<[string, LaunchParts]>([
    ['another rule', withLocal(FULL, ['Bash(make)', 'Bash(rm *)'])],
    ['a hook beside it', withLocal(FULL, ['Bash(make)'], { apiKeyHelper: './x' })],
    ['another server', withLocal({ ...FULL, servers: { x: { command: 'y' } } }, ['Bash(make)'])],
    ['another mode', withLocal({ ...FULL, permissionMode: 'auto' }, ['Bash(make)'])],
  ])('sees %s that came in at the same time', (_what, parts) => {
    const after = workspaceContent(parts);
    expect(after && addsOnlyRules(workspaceContent(FULL), after, ['Bash(make)'])).toBe(false);
  });

  it('approves nothing for a folder that had something unapproved besides', () => {
    const after = workspaceContent(withLocal(FULL, ['Bash(make)']));
    expect(after && addsOnlyRules(undefined, after, ['Bash(make)'])).toBe(false);
  });
});
