import type { ClaudeAccount } from './claudeEvents.ts';

const isUnset = (source: string | undefined): boolean => source === undefined || source === 'none' || source === '';

/** True when Claude Code has nothing to pay with: the first prompt would fail. */
export function hasNoCredentials({ apiKeySource, tokenSource, apiProvider }: ClaudeAccount): boolean {
  return (apiProvider === undefined || apiProvider === 'firstParty') && isUnset(apiKeySource) && isUnset(tokenSource);
}

const PROVIDERS: Readonly<Record<string, string>> = {
  bedrock: 'Amazon Bedrock',
  vertex: 'Google Vertex AI',
  foundry: 'Microsoft Foundry',
  anthropicAws: 'Claude on AWS',
  anthropicGoogleCloud: 'Claude on Google Cloud',
  gateway: 'the gateway of your organization',
};

/** Who pays, in a few words: the credential that is in use, never its value. */
export function describeAccount(account: ClaudeAccount): string {
  const { apiKeySource, tokenSource, apiProvider, subscription, email } = account;
  if (apiProvider !== undefined && apiProvider !== 'firstParty') {
    return PROVIDERS[apiProvider] ?? apiProvider;
  }
  if (!isUnset(apiKeySource)) {
    return `API key from ${apiKeySource}`;
  }
  if (isUnset(tokenSource)) {
    return 'Not logged in';
  }
  const plan = subscription === undefined ? 'Login' : `Login with the plan ${subscription}`;
  return email === undefined ? plan : `${plan} (${email})`;
}
