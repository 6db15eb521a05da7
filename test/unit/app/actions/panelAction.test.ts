import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ActionError } from '../../../../src/app/actions/actionError.ts';
import { ActionRegistry } from '../../../../src/app/actions/actionRegistry.ts';
import { type ActionContext, panelAction } from '../../../../src/app/actions/panelAction.ts';

const context: ActionContext = {
  folder: '/folder',
  environment: {},
  by: { surface: 'panel', name: 'ada', hostId: 'h' },
  signal: new AbortController().signal,
  report: () => undefined,
};

const count = panelAction({
  name: 'count-days',
  summary: 'Counts days.',
  input: z.strictObject({ days: z.number().int() }),
  run: async ({ days }) => days + 1,
});

describe('an action of the panel', () => {
  it('runs with values that fit its schema', async () => {
    await expect(count.run({ days: 2 }, context)).resolves.toBe(3);
  });

  it('does not run with a value of the wrong type, and names the value', async () => {
    const failure = await count.run({ days: 'two' }, context).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ActionError);
    expect(failure).toMatchObject({ reason: 'badActionInput', detail: expect.stringContaining('days') });
  });

  it('is found by its name', () => {
    expect(new ActionRegistry([count]).get('count-days')).toBe(count);
  });

  it('is suggested for a name that is nearly right', () => {
    expect(() => new ActionRegistry([count]).get('count-day')).toThrow(
      expect.objectContaining({ reason: 'unknownAction', remedy: 'Did you mean "count-days"?' }),
    );
  });

  it('has a name of its own', () => {
    expect(() => new ActionRegistry([count, count])).toThrow('same name');
  });
});
