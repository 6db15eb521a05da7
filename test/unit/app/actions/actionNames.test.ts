import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTION_NAMES } from '../../../../src/app/actions/actionNames.ts';
import { builtInActions } from '../../../../src/app/actions/builtInActions.ts';
import type { ActionContext, PanelAction } from '../../../../src/app/actions/panelAction.ts';
import type { PanelError } from '../../../../src/base/panelError.ts';

// Nothing of the services is used before an action runs.
const ACTIONS = builtInActions({} as never);

it('names every action, and no other', () => {
  expect(ACTION_NAMES).toEqual(ACTIONS.map(({ name }) => name));
});

describe('the table of actions in docs/commands.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/commands.md'), 'utf8');
  const rows = new Map(
    [...text.slice(text.indexOf('### Actions')).matchAll(/^\| `([a-z-]+)` \| (.*?)\|/gm)].map(
      ([, name = '', given = '']) => [
        name,
        [...given.replaceAll(/\(.*?\)/g, '').matchAll(/`(\w+)`/g)].map(([, key = '']) => key),
      ],
    ),
  );

  it('has a row for each, and no other', () => {
    expect([...rows.keys()].sort()).toEqual(ACTIONS.map(({ name }) => name).sort());
  });

  it.each(ACTIONS)('has the values that $name takes', async action => {
    const keys = rows.get(action.name) ?? [];
    const complaints = await complaintsOf(action, ['nonsense', ...keys]);
    expect(complaints).toContain('Unrecognized key: "nonsense"');
    for (const needed of (await complaintsOf(action, ['nonsense'])).matchAll(/^(\w+): Invalid/gm)) {
      expect(keys).toContain(needed[1]);
    }
  });
});

/** What the schema of an action says of values that never fit, so that it does not run. */
async function complaintsOf(action: PanelAction, keys: readonly string[]): Promise<string> {
  const given = Object.fromEntries(keys.map(key => [key, { not: 'this' }]));
  const failure = await action.run(given, {} as ActionContext).catch((error: PanelError) => error);
  return (failure as PanelError).detail ?? '';
}
