import { describe, expect, it } from 'vitest';
import { describeAccount, hasNoCredentials } from '../../../../src/core/claude/claudeAccount.ts';

describe('describeAccount', () => {
  it.each([
    [
      { apiKeySource: 'ANTHROPIC_API_KEY', tokenSource: 'none', apiProvider: 'firstParty' },
      'API key from ANTHROPIC_API_KEY',
    ],
    [{ tokenSource: 'claude.ai', subscription: 'max', email: 'a@b.c' }, 'Login with the plan max (a@b.c)'],
    [{ tokenSource: 'CLAUDE_CODE_OAUTH_TOKEN' }, 'Login'],
    [{ apiProvider: 'bedrock' }, 'Amazon Bedrock'],
    [{ apiProvider: 'something-new' }, 'something-new'],
    [{ apiKeySource: 'none', tokenSource: 'none', apiProvider: 'firstParty' }, 'Not logged in'],
  ])('says who pays for %j', (account, expected) => {
    expect(describeAccount(account)).toBe(expected);
  });
});

describe('hasNoCredentials', () => {
  it('is true only when nothing at all is set up', () => {
    expect(hasNoCredentials({})).toBe(true);
    expect(hasNoCredentials({ apiKeySource: 'none', tokenSource: 'none' })).toBe(true);
    expect(hasNoCredentials({ apiKeySource: 'apiKeyHelper' })).toBe(false);
    expect(hasNoCredentials({ tokenSource: 'claude.ai' })).toBe(false);
    expect(hasNoCredentials({ apiProvider: 'vertex' })).toBe(false);
  });
});
