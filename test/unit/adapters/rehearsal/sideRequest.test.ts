import { describe, expect, it } from 'vitest';
import { sideAnswer, sideRequestKind } from '../../../../src/adapters/rehearsal/sideRequest.ts';
import type { JsonObject } from '../../../../src/base/json.ts';
import { person, requestOf } from './requestSamples.ts';

const SESSION: JsonObject = { metadata: { user_id: 'user_1_account__session_2' }, tools: [] };
const TITLE: JsonObject = {
  ...SESSION,
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
    expect(kindOf('Web page content: …', SESSION)).toBe('label');
    expect(kindOf('<policy_spec>\nBash command prefix', SESSION)).toBe('commandPrefix');
    expect(kindOf('Command: ls\nOutput: a', SESSION)).toBe('commandFiles');
  });

  it('is not the conversation of a session without tools', () => {
    expect(kindOf('hello', { ...SESSION, thinking: { type: 'adaptive' } })).toBeUndefined();
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
