import { expect, it } from 'vitest';
import { ACTION_NAMES } from '../../../../src/app/actions/actionNames.ts';
import { builtInActions } from '../../../../src/app/actions/builtInActions.ts';

it('names every action, and no other', () => {
  // Nothing of the services is used before an action runs.
  expect(ACTION_NAMES).toEqual(builtInActions({} as never).map(({ name }) => name));
});
