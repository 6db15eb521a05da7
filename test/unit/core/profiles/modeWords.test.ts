import { describe, expect, it } from 'vitest';
import { modeWords } from '../../../../src/core/profiles/modeWords.ts';

describe('modeWords', () => {
  it('says what each mode asks in a sentence of its own', () => {
    const modes = ['default', 'acceptEdits', 'plan', 'dontAsk', 'auto', 'bypassPermissions'];
    const sentences = modes.map(mode => modeWords(mode).sentence);
    expect(new Set(sentences).size).toBe(modes.length);
    expect(modeWords('acceptEdits').sentence).toContain('without asking');
  });

  it('takes manual for another name of default', () => {
    expect(modeWords('manual')).toEqual(modeWords('default'));
  });

  it('keeps the name of a mode that it does not know', () => {
    expect(modeWords('constructor').title).toBe('constructor');
  });
});
