import { describe, expect, it } from 'vitest';
import { userName } from '../../../src/app/userName.ts';

describe('userName', () => {
  const nameless = (): string => {
    throw new Error('uv_os_get_passwd returned ENOENT');
  };

  it('is the name of the account', () => {
    expect(userName({ USER: 'other' }, () => 'ada')).toBe('ada');
  });

  it('comes from the environment where the account has no name, and is never missing', () => {
    expect(userName({ USER: 'ada' }, nameless)).toBe('ada');
    expect(userName({ LOGNAME: 'bob' }, nameless)).toBe('bob');
    expect(userName({}, nameless)).toBe('somebody');
  });
});
