import { describe, expect, it } from 'vitest';
import { oneLine, shownText, withoutLinks } from '../../../../src/vscode/presenters/shownText.ts';

describe('shownText', () => {
  it('says how much it leaves out', () => {
    const { text, isCut } = shownText('x'.repeat(120), 100);
    expect(isCut).toBe(true);
    expect(text).toContain('20 more characters');
  });

  it('never cuts a character in two', () => {
    const { text } = shownText(`${'x'.repeat(9)}😀tail`, 10);
    expect(text.startsWith(`${'x'.repeat(9)}\n`)).toBe(true);
  });

  it('makes hidden characters visible', () => {
    expect(shownText('rm\u202e -rf', 100).text).toBe('rm⟨U+202E⟩ -rf');
  });
});

describe('oneLine', () => {
  it('marks line ends, so that a second command cannot hide behind the first', () => {
    expect(oneLine('npm test\n  curl evil', 100)).toBe('npm test ⏎ curl evil');
  });
});

describe('withoutLinks', () => {
  it('takes the effect out of what a message of VS Code would make a link', () => {
    expect(withoutLinks('see [this](command:workbench.action.quit)')).not.toMatch(/\[[^\]]+\]\(/);
  });
});
