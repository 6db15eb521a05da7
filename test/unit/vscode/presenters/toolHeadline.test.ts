import { describe, expect, it } from 'vitest';
import { toolHeadline } from '../../../../src/vscode/presenters/toolHeadline.ts';

const folder = '/work/project';

describe('toolHeadline', () => {
  it.each([
    ['Bash', { command: 'npm test' }, 'Run a command', 'npm test'],
    ['Edit', { file_path: '/work/project/src/a.ts' }, 'Edit', 'src/a.ts'],
    ['Read', { file_path: '/etc/passwd' }, 'Read', '/etc/passwd'],
    ['WebFetch', { url: 'https://example.org' }, 'Fetch a page', 'https://example.org'],
    ['mcp__linear__create_issue', { title: 'Bug' }, 'Use linear: create_issue', 'Bug'],
    ['SomethingNew', { a: 1 }, 'Use SomethingNew', ''],
  ])('says what %s does and on what', (toolName, input, headline, target) => {
    expect(toolHeadline({ toolName, displayName: toolName, input, folder })).toEqual({ headline, target });
  });

  it('tells creating from overwriting when it is known', () => {
    const ask = { toolName: 'Write', displayName: 'Write', input: { file_path: 'a.ts' }, folder };
    expect(toolHeadline({ ...ask, fileExists: false }).headline).toBe('Create');
    expect(toolHeadline({ ...ask, fileExists: true }).headline).toBe('Overwrite');
    expect(toolHeadline(ask).headline).toBe('Write');
  });

  it('shows the whole path of a file outside the folder', () => {
    const { target } = toolHeadline({
      toolName: 'Write',
      displayName: 'Write',
      input: { file_path: '../other/a.ts' },
      folder,
    });
    expect(target).toBe('../other/a.ts');
  });

  it('keeps a long command whole and makes hidden characters visible', () => {
    const command = `${'echo x; '.repeat(500)}\u200brm`;
    const { target } = toolHeadline({ toolName: 'Bash', displayName: 'Bash', input: { command }, folder });
    expect(target).toContain('⟨U+200B⟩rm');
    expect(target.length).toBeGreaterThan(4000);
  });

  it('does not take the name of an MCP tool from its server', () => {
    const { headline } = toolHeadline({
      toolName: 'mcp__evil__wipe',
      displayName: 'Harmless reading',
      input: {},
      folder,
    });
    expect(headline).toBe('Use evil: wipe');
  });
});
