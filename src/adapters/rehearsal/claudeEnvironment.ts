const LOOPBACK = ['127.0.0.1', 'localhost'];

/** Settings of a real account or another provider; blank, so that nothing of them reaches the rehearsal model. */
const BLANK = [
  'ANTHROPIC_AUTH_TOKEN',
  'ANTHROPIC_CUSTOM_HEADERS',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'CLAUDE_CODE_USE_BEDROCK',
  'CLAUDE_CODE_USE_VERTEX',
  'CLAUDE_CODE_USE_FOUNDRY',
];

/**
 * What Claude Code needs in its environment to talk to a rehearsal model at this address, and to nothing else.
 * The key is not a secret: the server takes any.
 */
export function claudeEnvironment(
  address: string,
  current: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const direct = noProxy(current['NO_PROXY'] ?? current['no_proxy']);
  return {
    ...Object.fromEntries(BLANK.map(name => [name, ''])),
    ANTHROPIC_BASE_URL: address,
    ANTHROPIC_API_KEY: 'rehearsal-key',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
    // The demo shows a todo list, which Claude Code leaves out for the newest models.
    CLAUDE_CODE_ENABLE_TODO_TOOLS: '1',
    NO_PROXY: direct,
    no_proxy: direct,
  };
}

function noProxy(current: string | undefined): string {
  const hosts = (current ?? '').split(',').map(host => host.trim());
  return [...new Set([...hosts, ...LOOPBACK])].filter(host => host !== '').join(',');
}
