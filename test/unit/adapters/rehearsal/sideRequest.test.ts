import { describe, expect, it } from 'vitest';
import { sideAnswer, sideRequestKind } from '../../../../src/adapters/rehearsal/sideRequest.ts';
import type { JsonObject } from '../../../../src/base/json.ts';
import { person, requestOf, text } from './requestSamples.ts';

const CLAUDE_CODE = [text("You are a Claude agent, built on Anthropic's Claude Agent SDK.")];
const TITLE: JsonObject = {
  system: CLAUDE_CODE,
  tools: [],
  output_config: {
    format: { type: 'json_schema', schema: { type: 'object', properties: { title: { type: 'string' } } } },
  },
};

function kindOf(prompt: string, more: JsonObject = {}): string | undefined {
  return sideRequestKind(requestOf([person(prompt)], more));
}

describe('a side request', () => {
  it('is told from the conversation by its shape', () => {
    expect(kindOf('quota', { max_tokens: 1 })).toBe('check');
    expect(kindOf('<session>\nAdd it\n</session>', TITLE)).toBe('structured');
    expect(kindOf('CRITICAL: Respond with TEXT ONLY. Do NOT call any tools.')).toBe('summary');
    expect(kindOf('[SUGGESTION MODE: Suggest what the user might naturally type next]')).toBe('suggestion');
    expect(kindOf('<system-reminder>This is a side question from the user.')).toBe('label');
    expect(kindOf('Web page content: …', { system: CLAUDE_CODE, tools: [] })).toBe('label');
  });

  it('is not the conversation of a session without tools', () => {
    expect(kindOf('hello', { system: CLAUDE_CODE, tools: [], thinking: { type: 'adaptive' } })).toBeUndefined();
  });

  it('is not a plain request of another program', () => {
    expect(kindOf('hello', { tools: [] })).toBeUndefined();
  });

  it('gets a title made from what it is about, in the asked form', () => {
    const request = requestOf(
      [person('<session>\nadd a health endpoint, then test it well please\n</session>')],
      TITLE,
    );
    expect(sideAnswer('structured', request)).toBe('{"title":"Add a health endpoint then test"}');
  });

  it('gets a summary in the form that Claude Code takes out of it', () => {
    expect(sideAnswer('summary', requestOf([person('x')]))).toMatch(/<summary>[\s\S]+<\/summary>/);
  });
});
