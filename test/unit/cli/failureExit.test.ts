import { describe, expect, it } from 'vitest';
import { exitCodeOfError } from '../../../src/cli/failureExit.ts';
import { unknownCommand } from '../../../src/cli/usageError.ts';
import { alreadyAnswered, emptyPrompt, noSession } from '../../../src/core/tasks/taskErrors.ts';

describe('exitCodeOfError', () => {
  it('tells wrong typing from what cannot be done', () => {
    expect(exitCodeOfError(unknownCommand('x', []))).toBe(2);
    expect(exitCodeOfError(emptyPrompt())).toBe(2);
    expect(exitCodeOfError(alreadyAnswered('by ada'))).toBe(1);
    expect(exitCodeOfError(noSession())).toBe(1);
    expect(exitCodeOfError(new Error('x'))).toBe(1);
  });
});
