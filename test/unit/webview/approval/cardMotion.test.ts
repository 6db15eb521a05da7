import { describe, expect, it } from 'vitest';
import { movedUnder } from '../../../../src/webview/approval/cardMotion.ts';

const card = (top: number, height = 100) => ({ left: 0, right: 300, top, bottom: top + height });
const pointer = { x: 150, y: 250 };

describe('movedUnder', () => {
  it('is true for a card that was pushed under the pointer, or further under it', () => {
    expect(movedUnder(pointer, card(100), card(200))).toBe(true);
    expect(movedUnder(pointer, card(190), card(210))).toBe(true);
  });

  it('is false for a card that rests, grows at its end, or moves elsewhere', () => {
    expect(movedUnder(pointer, card(200), card(200.5))).toBe(false);
    expect(movedUnder(pointer, card(200), card(200, 150))).toBe(false);
    expect(movedUnder(pointer, card(400), card(420))).toBe(false);
    expect(movedUnder(undefined, card(100), card(200))).toBe(false);
  });
});
