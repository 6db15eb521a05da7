import { describe, expect, it } from 'vitest';
import { presentProfile, selectedProfile, wantedProfile } from '../../../../src/vscode/presenters/profileOption.ts';
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

describe('the profile of a new task', () => {
  const known = [{ name: 'comprehensive' }, { name: 'safe' }];

  it('is the first wanted one that there is', () => {
    expect(selectedProfile(known, ['gone', 'safe', 'comprehensive'])).toBe('safe');
    expect(wantedProfile(known, ['gone', '', undefined, 'safe'])).toBe('safe');
  });

  it('is nothing that a person wants when there is none of those', () => {
    expect(wantedProfile(known, ['gone', undefined, ''])).toBeUndefined();
    expect(wantedProfile(known, [])).toBeUndefined();
  });

  it('is the first wanted one while nothing is known of the folder', () => {
    expect(wantedProfile([], ['', 'safe', 'speed'])).toBe('safe');
    expect(wantedProfile([], [undefined])).toBeUndefined();
  });

  it('is shown by the name that is wanted when there is no such profile, else by the first there is', () => {
    expect(selectedProfile(known, ['gone'])).toBe('gone');
    expect(selectedProfile(known, [])).toBe('comprehensive');
    expect(selectedProfile([], [])).toBe('');
  });
});
