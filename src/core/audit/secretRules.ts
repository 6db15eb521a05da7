/** A kind of secret that can be told by its looks. */
export interface SecretRule {
  readonly id: string;
  readonly title: string;
  readonly severity: 'critical' | 'high' | 'medium';
  /** Texts of which one must be in a line, in lower case: looking for them is much quicker than the pattern. */
  readonly hints: readonly string[];
  /** With the flags `g` and, where a group is named `secret`, only that part is the secret. */
  readonly pattern: RegExp;
  /** Bits a character that the secret must have: what people make up has less. */
  readonly entropy?: number;
}

/*
 * Each pattern has a fixed beginning or a fixed shape of its own, so that ordinary code is not taken for a secret. The
 * last three need a telling name beside them, and a value that looks random.
 */
export const SECRET_RULES: readonly SecretRule[] = [
  {
    id: 'private-key',
    title: 'Private key',
    severity: 'critical',
    hints: ['private key'],
    pattern: /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----/g,
  },
  {
    id: 'aws-access-key',
    title: 'Access key of Amazon Web Services',
    severity: 'critical',
    hints: ['akia', 'asia'],
    pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g,
    entropy: 2.5,
  },
  {
    id: 'github-token',
    title: 'Token of GitHub',
    severity: 'critical',
    hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b/g,
    entropy: 3,
  },
  {
    id: 'gitlab-token',
    title: 'Token of GitLab',
    severity: 'critical',
    hints: ['glpat-', 'gldt-', 'glrt-'],
    pattern: /\bgl(?:pat|dt|rt)-[A-Za-z0-9_-]{20,}/g,
    entropy: 3,
  },
  {
    id: 'anthropic-key',
    title: 'API key of Anthropic',
    severity: 'critical',
    hints: ['sk-ant-'],
    pattern: /\bsk-ant-(?:api|admin|oat)\d{2}-[A-Za-z0-9_-]{80,}/g,
    entropy: 3,
  },
  {
    id: 'openai-key',
    title: 'API key of OpenAI',
    severity: 'critical',
    hints: ['sk-'],
    pattern: /\bsk-(?:(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})/g,
    entropy: 3,
  },
  {
    id: 'slack-token',
    title: 'Token of Slack',
    severity: 'critical',
    hints: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xapp-'],
    pattern: /\b(?:xox[abprs]-(?:\d+-)+[A-Za-z0-9-]{16,}|xapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,})/g,
  },
  {
    id: 'slack-webhook',
    title: 'Address of a Slack webhook',
    severity: 'high',
    hints: ['hooks.slack.com'],
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{6,}\/[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/g,
  },
  {
    id: 'stripe-key',
    title: 'Live key of Stripe',
    severity: 'critical',
    hints: ['sk_live_', 'rk_live_'],
    pattern: /\b[sr]k_live_[A-Za-z0-9]{16,}\b/g,
    entropy: 3,
  },
  {
    id: 'google-api-key',
    title: 'API key of Google',
    severity: 'high',
    hints: ['aiza'],
    pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g,
    entropy: 3,
  },
  {
    id: 'google-client-secret',
    title: 'Client secret of Google',
    severity: 'high',
    hints: ['gocspx-'],
    pattern: /\bGOCSPX-[A-Za-z0-9_-]{28}(?![A-Za-z0-9_-])/g,
  },
  {
    id: 'npm-token',
    title: 'Token of npm',
    severity: 'critical',
    hints: ['npm_', '_authtoken'],
    pattern: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*(?<secret>[A-Za-z0-9_/+=-]{30,})/g,
    entropy: 3,
  },
  {
    id: 'pypi-token',
    title: 'Token of PyPI',
    severity: 'critical',
    hints: ['pypi-'],
    pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,}/g,
  },
  {
    id: 'sendgrid-key',
    title: 'API key of SendGrid',
    severity: 'high',
    hints: ['sg.'],
    pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g,
  },
  {
    id: 'azure-storage-key',
    title: 'Key of an Azure storage account',
    severity: 'critical',
    hints: ['accountkey='],
    pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/g,
    entropy: 4,
  },
  {
    id: 'url-password',
    title: 'Password in an address',
    severity: 'high',
    hints: ['://'],
    pattern:
      /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|ftp|https?|ssh):\/\/[^\s:@/'"`<>]{1,64}:(?<secret>[^\s:@/'"`<>$*{}%]{8,128})@[\w.-]+/g,
    entropy: 2.8,
  },
  {
    id: 'aws-secret-key',
    title: 'Secret key of Amazon Web Services',
    severity: 'critical',
    hints: ['aws'],
    pattern:
      /aws_?(?:secret)?_?(?:access)?_?key["'\s]{0,3}[:=]{1,2}>?\s{0,3}["'`]?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    entropy: 4,
  },
  {
    id: 'assigned-secret',
    title: 'Secret written into a file',
    severity: 'medium',
    hints: ['passw', 'secret', 'token', 'apikey', 'api_key', 'api-key', 'credential', 'private_key'],
    pattern:
      /(?:passw(?:or)?d|secret|token|api[_-]?key|credentials?|private_key)\w{0,30}["'`\]]{0,2}\s{0,3}(?::|=|:=|=>)\s{0,3}["'`](?<secret>[^\s"'`]{16,200})["'`]/gi,
    entropy: 3.7,
  },
  {
    // A line of its own, as `.env`, YAML and properties have it. In code it would most likely be a name, which has digits in one place.
    id: 'unquoted-secret',
    title: 'Secret written into a file',
    severity: 'medium',
    hints: ['passw', 'secret', 'token', 'apikey', 'api_key', 'api-key', 'credential', 'private_key'],
    pattern:
      /^\s*(?:export\s+|env\s+|-\s+)?[\w.-]*(?:passw(?:or)?d|secret|token|api[_-]?key|credentials?|private_key)(?![\w.-]*(?:name|ur[il]|file|path|endpoint|issuer|ttl)\b)[\w-]{0,30}\s{0,3}[:=]\s{0,3}(?=\S*\d[^\s\d]+\d)(?<secret>[^\s"'`$<>(){}[\],;]{16,200})\s*(?:#.*)?$/gi,
    entropy: 3.7,
  },
];
