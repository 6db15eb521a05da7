import type { Finding } from './finding.ts';
import { LONGEST_LINE, type SecretFound, secretsInLine } from './secretLines.ts';

const REMEDY =
  'Make it invalid where it was issued and use a new one from the environment or a secret store; taking it out of the file is not enough.';
const MOST_FINDINGS = 500;
/** Made by tools: full of digests, empty of secrets. */
const SKIPPED_NAMES =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|Cargo\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|composer\.lock|Gemfile\.lock|go\.sum|[^/]+\.min\.(?:js|css)|[^/]+\.map)$/;

/** True for a file that no secret is looked for in. */
export function isGeneratedFile(file: string): boolean {
  return SKIPPED_NAMES.test(file);
}

/** Collects the secrets of files and of commits. The same secret in the same file is told once. */
export class SecretScan {
  readonly #findings: Finding[] = [];
  readonly #seen = new Set<string>();
  #more = 0;
  #longLines = 0;

  /** What could not be told or looked at, in words. */
  get remarks(): readonly string[] {
    return [
      ...(this.#more === 0 ? [] : [`${this.#more} more secrets are not listed; the first ${MOST_FINDINGS} are.`]),
      ...(this.#longLines === 0 ? [] : [`${this.#longLines} lines longer than ${LONGEST_LINE} characters.`]),
    ];
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** A whole file as it is now. */
  addFile(file: string, text: string): void {
    let number = 0;
    for (const line of text.split('\n')) {
      number += 1;
      this.#addLine(file, line, { line: number });
    }
  }

  /** A line that a commit added, or of its message where there is no file. */
  addHistoryLine(file: string | undefined, line: string, commit: string): void {
    this.#addLine(file, line, { commit });
  }

  #addLine(file: string | undefined, line: string, place: Pick<Finding, 'line' | 'commit'>): void {
    if (line.length > LONGEST_LINE) {
      this.#longLines += 1;
      return;
    }
    for (const secret of secretsInLine(line)) {
      this.#add(file, secret, place);
    }
  }

  #add(file: string | undefined, { rule, masked, value }: SecretFound, place: Pick<Finding, 'line' | 'commit'>): void {
    const key = `${rule.id}\0${file ?? ''}\0${rule.id === 'private-key' ? '' : value}`;
    if (this.#seen.has(key)) {
      return;
    }
    this.#seen.add(key);
    if (this.#findings.length >= MOST_FINDINGS) {
      this.#more += 1;
      return;
    }
    this.#findings.push({
      severity: rule.severity,
      source: 'secrets',
      title: `${rule.title} (${masked})`,
      detail: `Anyone who can read this repository can use it.${whereItIs(file, place)}`,
      remedy: REMEDY,
      rule: rule.id,
      ...(file === undefined ? {} : { file }),
      ...place,
    });
  }
}

function whereItIs(file: string | undefined, { commit }: Pick<Finding, 'commit'>): string {
  if (file === undefined) {
    return ' It stands in the message of a commit.';
  }
  return commit === undefined ? '' : ' It is no longer in this file, but still in the history.';
}
