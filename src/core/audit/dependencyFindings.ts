import type { Vulnerability } from './dependencyReports.ts';
import type { Finding } from './finding.ts';

/** Where a file of the repository stands, and what is in it. */
interface NamedText {
  /** Relative, with `/`. */
  readonly file: string;
  readonly text: string;
}

/** Vulnerable packages as findings, each at the line that brings it in: of the manifest, else of the lock file. Pure. */
export function dependencyFindings(
  vulnerabilities: readonly Vulnerability[],
  manifest: NamedText | undefined,
  lock: NamedText,
): Finding[] {
  return vulnerabilities.map(({ package: name, version, severity, title, advisory, fix }) => {
    const place = placeOf(name, manifest) ?? placeOf(name, lock) ?? { file: lock.file };
    return {
      severity,
      source: 'dependencies',
      title: `${name}${version === undefined ? '' : ` ${version}`}: ${title}`.slice(0, 500),
      ...(advisory === undefined ? {} : { rule: advisory.slice(0, 200) }),
      remedy: fix === undefined ? 'No fixed version is known yet; see the advisory.' : sentence(fix),
      ...place,
    };
  });
}

function placeOf(name: string, source: NamedText | undefined): { file: string; line: number } | undefined {
  if (source === undefined) {
    return undefined;
  }
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // A whole name: "node_modules/NAME", "NAME": in JSON; NAME== in requirements; name = "NAME" in a Cargo.lock.
  const pattern = new RegExp(`(?:^|["'/\\s])${escaped}(?:["'@:=<>~!;,\\s[]|$)`, 'i');
  const line = source.text.split('\n').findIndex(text => pattern.test(text)) + 1;
  return line === 0 ? undefined : { file: source.file, line };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
