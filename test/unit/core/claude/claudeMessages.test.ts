import { describe, expect, it } from 'vitest';
import { dataBlock } from '../../../../src/base/dataBlock.ts';
import { userMessage } from '../../../../src/core/claude/claudeMessages.ts';

describe('a message to Claude Code', () => {
  it('ends with words of our own when its data may name a file, and else with what was written', () => {
    const lastOf = (text: string): unknown => {
      const { message } = userMessage(text, 'u1') as unknown as { message: { content: readonly { text: string }[] } };
      expect(message.content[0]?.text).toBe(text);
      return message.content.at(-1)?.text;
    };
    expect(lastOf('Look at @README.md.')).toBe('Look at @README.md.');
    expect(lastOf(dataBlock('x', 'ada@example.com @/etc/passwd'))).not.toContain('@');
  });
});
