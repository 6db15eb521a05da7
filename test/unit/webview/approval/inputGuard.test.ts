import { describe, expect, it } from 'vitest';
import { InputGuard, SETTLE_MS } from '../../../../src/webview/approval/inputGuard.ts';

function guardAt(): { guard: InputGuard; pass: (ms: number) => void } {
  let now = 1000;
  return {
    guard: new InputGuard(() => now),
    pass: ms => {
      now += ms;
    },
  };
}

describe('InputGuard', () => {
  it('ignores input for 400 ms after something appeared', () => {
    expect(SETTLE_MS).toBe(400);
    const { guard, pass } = guardAt();
    pass(399);
    expect(guard.accepts()).toBe(false);
    pass(1);
    expect(guard.accepts()).toBe(true);
    guard.cardsMoved();
    expect([guard.accepts(), guard.remaining]).toEqual([false, 400]);
  });

  it('ignores input after the view got the focus, as long as nothing is known of the window', () => {
    const { guard, pass } = guardAt();
    pass(1000);
    guard.viewFocused();
    expect(guard.accepts()).toBe(false);
  });

  it('ignores the click that brings the window to the front', () => {
    const { guard, pass } = guardAt();
    pass(1000);
    guard.windowFocusChanged(false);
    pass(5000);
    guard.viewFocused();
    expect(guard.accepts()).toBe(false);
    pass(300);
    guard.windowFocusChanged(true);
    pass(399);
    expect(guard.accepts()).toBe(false);
    pass(1);
    expect(guard.accepts()).toBe(true);
  });

  it('takes a click that comes over from the editor of the same window', () => {
    const { guard, pass } = guardAt();
    guard.windowFocusChanged(true);
    pass(1000);
    guard.viewFocused();
    expect(guard.accepts()).toBe(true);
  });

  it('waits when the view comes back into sight', () => {
    const { guard, pass } = guardAt();
    guard.windowFocusChanged(true);
    pass(1000);
    guard.viewShown();
    expect(guard.accepts()).toBe(false);
  });
});
