import { SECRET_RULES, type SecretRule } from './secretRules.ts';

/** Longer lines are made by programs: minified code, data. */
export const LONGEST_LINE = 4000;

export interface SecretFound {
  readonly rule: Pick<SecretRule, 'id' | 'title' | 'severity'>;
  /** The beginning and the length only: enough to find it, not enough to use it. */
  readonly masked: string;
  /** Compares equal for the same secret. It never leaves the memory. */
  readonly value: string;
}

/** What people write in place of a secret. */
const PLACEHOLDER =
  /example|sample|dummy|placeholder|change_?me|your[_-]|redacted|insert|replace|xxxx|\*{3}|0{8}|1234567|abcdef|test[_-]?(?:key|token|secret|password)|fake|not[_-]?(?:a[_-]?)?real|<[^>]*>|\$\{|\{\{|%\w+%|process\.env|os\.environ|getenv/i;
/** Names, paths, addresses and the like that only stand beside a telling word. */
const ORDINARY =
  /^(?:[a-z]+(?:[._/-][a-z]+)*|[A-Z]+(?:_[A-Z]+)*|[a-z]+(?:[A-Z][a-z]+)+|[A-Z][a-z]+(?:[A-Z][a-z]+)*|https?:\/\/.*|\.{0,2}\/.*|[\w.-]+\(.*|\d[\d.,:_-]*|#[\da-f]{3,8})$/;
/** Known by the name beside them alone. */
const GUESSED: ReadonlySet<string> = new Set(['assigned-secret', 'unquoted-secret']);
/** Digests are no secrets, and lock files are full of them. */
const DIGEST = /^(?:sha\d{1,3}[-:]|md5[-:])|^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** The secrets in one line of a file. Pure. */
export function secretsInLine(line: string): SecretFound[] {
  if (line.length > LONGEST_LINE || /\b(?:gitleaks:allow|pragma: allowlist secret)\b/.test(line)) {
    return [];
  }
  const lower = line.toLowerCase();
  const found: SecretFound[] = [];
  for (const rule of SECRET_RULES) {
    if (!rule.hints.some(hint => lower.includes(hint))) {
      continue;
    }
    for (const match of line.matchAll(rule.pattern)) {
      const value = match.groups?.['secret'] ?? match[0];
      const isKnown = found.some(other => other.value.includes(value) || value.includes(other.value));
      if (!isKnown && looksReal(value, rule)) {
        found.push({ rule, value, masked: maskedSecret(value, rule.id) });
      }
    }
  }
  return found;
}

/** Text that somebody wrote about the files, with each secret in it masked. Pure. */
export function withoutSecrets(text: string): string {
  return text
    .split('\n')
    .map(line => secretsInLine(line).reduce((shown, { value, masked }) => shown.replaceAll(value, () => masked), line))
    .join('\n');
}

function looksReal(value: string, { id, entropy }: SecretRule): boolean {
  if (id === 'private-key') {
    return true;
  }
  if (PLACEHOLDER.test(value) || (entropy !== undefined && entropyOf(value) < entropy)) {
    return false;
  }
  return !GUESSED.has(id) || (!ORDINARY.test(value) && !DIGEST.test(value) && /\d/.test(value));
}

/** Such as `ghp_…, 40 characters`. */
function maskedSecret(value: string, rule: string): string {
  if (rule === 'private-key') {
    return value;
  }
  const shown = value.slice(0, GUESSED.has(rule) || rule === 'url-password' ? 2 : 4);
  return `${shown}…, ${value.length} characters`;
}

/** Shannon's, in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const length = [...text].length;
  return [...counts.values()].reduce((sum, count) => sum - (count / length) * Math.log2(count / length), 0);
}
