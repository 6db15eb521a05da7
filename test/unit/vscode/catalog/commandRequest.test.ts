import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commandRequestSchema,
  readCommandLink,
  taskDefinitionSchema,
} from '../../../../src/vscode/catalog/commandRequest.ts';
import { anyText } from '../../anyText.ts';

describe('what others ask to be run', () => {
  it('is a name with values, and nothing else', () => {
    expect(
      commandRequestSchema.safeParse({ command: 'project:notes', inputs: { since: '1 day', count: 3 } }).success,
    ).toBe(true);
    for (const bad of [
      {},
      { command: '../notes' },
      { command: 'Notes' },
      { command: 'evil:notes' },
      { command: 'notes', inputs: { a: { b: 1 } } },
      { command: 'notes', inputs: { 'a b': 1 } },
      { command: 'notes', shell: true },
      'notes',
      null,
    ]) {
      expect(commandRequestSchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    }
  });

  it('takes values of a link as they are', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 200 }), words => {
        const value = words.toWellFormed();
        const query = new URLSearchParams({ command: 'notes', since: value }).toString();
        expect(readCommandLink({ path: '/run', query })).toEqual({ command: 'notes', inputs: { since: value } });
      }),
    );
  });

  it('refuses links that could show one thing and run another', () => {
    expect(readCommandLink({ path: '/run', query: 'command=notes&command=god-mode' })).toBeUndefined();
    expect(readCommandLink({ path: '/run', query: 'command=notes&a=1&a=2' })).toBeUndefined();
    expect(readCommandLink({ path: '/open', query: 'command=notes' })).toBeUndefined();
    expect(readCommandLink({ path: '/run', query: 'command=rm%20-rf' })).toBeUndefined();
    expect(readCommandLink({ path: '/run', query: '' })).toBeUndefined();
  });

  it('is a command or a prompt in a task of tasks.json', () => {
    expect(taskDefinitionSchema.safeParse({ type: 'claude', command: 'daily-standup' }).success).toBe(true);
    expect(taskDefinitionSchema.safeParse({ type: 'claude', prompt: 'Do it', profile: 'speed' }).success).toBe(true);
    expect(taskDefinitionSchema.safeParse({ type: 'claude' }).success).toBe(false);
    expect(taskDefinitionSchema.safeParse({ type: 'claude', command: 'a b' }).success).toBe(false);
  });
});
