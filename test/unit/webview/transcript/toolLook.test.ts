import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OpenParts } from '../../../../src/webview/transcript/openParts.ts';
import { readTodoInput } from '../../../../src/webview/transcript/todoInput.ts';
import { previewLines, toolIcon, toolLine, toolTitle } from '../../../../src/webview/transcript/toolLook.ts';

describe('tools', () => {
  it('have an icon each, also unknown ones', () => {
    expect([toolIcon('Bash'), toolIcon('mcp__linear__x'), toolIcon('Whatever')]).toEqual(['terminal', 'mcp', 'tools']);
  });

  it('of a server are named by the server', () => {
    expect(toolTitle('mcp__linear__create__issue')).toBe('linear: create__issue');
    expect(toolTitle('mcp__broken')).toBe('mcp__broken');
    expect(toolLine('Read', '')).toBe('Read');
  });

  it('show some of what a command printed, and nothing of a file that was read', () => {
    expect([previewLines('Bash', false), previewLines('Read', false), previewLines('Read', true)]).toEqual([3, 0, 4]);
  });
});

describe('readTodoInput', () => {
  it('reads the steps of a plan', () => {
    expect(readTodoInput('{"todos":[{"content":"a","status":"in_progress","activeForm":"x"}]}')).toEqual([
      { content: 'a', status: 'inProgress' },
    ]);
  });

  it('gives nothing for anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), input => void expect(readTodoInput(input)).toBeUndefined()),
    );
  });
});

describe('OpenParts', () => {
  it('remembers what is unfolded, and forgets what was touched long ago', () => {
    const parts = new OpenParts();
    parts.toggle('first', 'all');
    parts.toggle('second', 'all');
    parts.toggle('second', 'all');
    expect([parts.of('first').has('all'), parts.of('second').size]).toEqual([true, 0]);
    for (let each = 0; each < 600; each++) {
      parts.toggle(`item ${each}`, 'all');
    }
    expect([parts.of('first').size, parts.of('item 599').size]).toEqual([0, 1]);
  });
});
