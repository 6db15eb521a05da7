import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/base/json.ts';
import { titleFromPrompt } from '../../../../src/core/tasks/taskTitle.ts';
import { toolSummary } from '../../../../src/core/tasks/toolSummary.ts';

describe('toolSummary', () => {
  it.each([
    ['Bash', { command: 'npm test\n&& echo' }, 'npm test && echo'],
    ['Edit', { file_path: '/ws/src/a.ts' }, 'Edit src/a.ts'],
    ['Edit', { file_path: '/elsewhere/a.ts' }, 'Edit /elsewhere/a.ts'],
    ['Agent', { subagent_type: 'Explore', description: 'find routes' }, 'Explore: find routes'],
    ['mcp__linear__create_issue', {}, 'linear: create_issue'],
    ['Brand', { note: 'new' }, 'Brand new'],
  ] as [string, JsonObject, string][])('describes %s in one line', (name, input, expected) => {
    expect(toolSummary(name, input, '/ws')).toBe(expected);
  });

  it('stays one short line for any input', () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.string({ maxLength: 2000 })), (name, input) => {
        const summary = toolSummary(name, input, '/ws');
        expect(summary.length).toBeLessThanOrEqual(300);
        expect(summary).not.toMatch(/[\n\r]/);
      }),
    );
  });
});

describe('titleFromPrompt', () => {
  it('takes the first line', () => {
    expect(titleFromPrompt('  Add a health endpoint\nand test it')).toBe('Add a health endpoint');
  });

  it('cuts at a word', () => {
    expect(titleFromPrompt('Add a health endpoint that says whether the database answers and test it well')).toBe(
      'Add a health endpoint that says whether the database…',
    );
  });
});
