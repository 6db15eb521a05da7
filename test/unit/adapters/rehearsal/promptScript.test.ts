import { describe, expect, it } from 'vitest';
import { promptScriptIn } from '../../../../src/adapters/rehearsal/promptScript.ts';

describe('the script in a prompt', () => {
  it('is the text of the fenced rehearse block', () => {
    expect(promptScriptIn('Do it.\n```rehearse\n- text: a\n- text: b\n```\nThanks.')).toBe('- text: a\n- text: b');
  });

  it('is absent without such a block', () => {
    expect(promptScriptIn('Please rehearse this.\n```yaml\n- text: a\n```')).toBeUndefined();
    expect(promptScriptIn('```rehearse\n- text: a')).toBeUndefined();
  });

  it('is the last of several', () => {
    expect(promptScriptIn('```rehearse\n- a\n```\n```rehearse\n- b\n```')).toBe('- b');
  });

  it('can hold another block in a longer fence', () => {
    const inner = 'prompt: |\n  Look.\n  ```rehearse\n  - text: seen\n  ```';
    expect(promptScriptIn(`\`\`\`\`rehearse\n${inner}\n\`\`\`\``)).toBe(inner);
  });

  it('is not one that is quoted in a block of another kind', () => {
    expect(promptScriptIn('````md\n```rehearse\n- a\n```\n````')).toBeUndefined();
  });

  it('takes Windows line ends', () => {
    expect(promptScriptIn('```rehearse\r\n- a\r\n- b\r\n```\r\n')).toBe('- a\n- b');
  });
});
