import { expect, it } from 'vitest';
import { presentProfile } from '../../../../src/vscode/presenters/profileOption.ts';
import { profile } from '../support/samples.ts';

it('says of a profile that cannot be used why, and what to do', () => {
  const option = presentProfile({
    name: 'lab',
    source: 'workspace',
    description: '',
    launch: profile,
    limits: {},
    grants: [],
    needsApproval: false,
    problem: {
      family: 'claude',
      reason: 'unreadableMcpConfig',
      message: 'It cannot be read.',
      detail: 'It is empty.',
      remedy: 'Correct it.',
    },
  });
  expect(option.problem).toBe('It cannot be read. It is empty. Correct it.');
});
