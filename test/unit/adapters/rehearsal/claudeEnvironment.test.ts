import { describe, expect, it } from 'vitest';
import { claudeEnvironment } from '../../../../src/adapters/rehearsal/claudeEnvironment.ts';

describe('the environment of Claude Code in a rehearsal', () => {
  const environment = claudeEnvironment('http://127.0.0.1:4000', { NO_PROXY: 'intranet, localhost' });

  it('points to the rehearsal model and keeps it off the network', () => {
    expect(environment).toMatchObject({
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:4000',
      ANTHROPIC_API_KEY: 'rehearsal-key',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    });
  });

  it('blanks the secrets and providers of a real account', () => {
    expect(environment).toMatchObject({
      ANTHROPIC_AUTH_TOKEN: '',
      CLAUDE_CODE_OAUTH_TOKEN: '',
      CLAUDE_CODE_USE_BEDROCK: '',
      CLAUDE_CODE_USE_VERTEX: '',
    });
  });

  it('goes round a proxy for the loopback address, and keeps the exceptions that were there', () => {
    expect(environment['NO_PROXY']).toBe('intranet,localhost,127.0.0.1');
    expect(environment['no_proxy']).toBe(environment['NO_PROXY']);
  });
});
