import { describe, expect, it } from 'vitest';
import { errorOfExit } from '../../../../src/core/claude/claudeExit.ts';

describe('errorOfExit', () => {
  it.each([
    ['Error: Session ID 0e27d32d-7817 is already in use.', 'sessionInUse'],
    ['No conversation found with session ID: 0e27', 'sessionNotFound'],
    ['Error: Invalid MCP configuration:\nMCP config file not found: /x', 'unreadableMcpConfig'],
    ["error: unknown option '--await-initialize'", 'tooOld'],
    ['Segmentation fault', 'exitedEarly'],
    ['', 'exitedEarly'],
  ])('takes "%s" for %s', (stderrTail, reason) => {
    const error = errorOfExit({ code: 1, signal: null, stderrTail });
    expect(error.reason).toBe(reason);
    expect(error.remedy).toBeTruthy();
  });

  it('tells the code or the signal, and the last words', () => {
    const byCode = errorOfExit({ code: 7, signal: null, stderrTail: 'fatal: bad luck\n' });
    expect(byCode.message).toContain('code 7');
    expect(byCode.detail).toBe('fatal: bad luck');
    expect(errorOfExit({ code: null, signal: 'SIGKILL', stderrTail: '' }).message).toContain('SIGKILL');
  });
});
