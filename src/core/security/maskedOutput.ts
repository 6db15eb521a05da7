import { isSecretName } from './secretVariables.ts';

export const MASK = '•••••';

/** Shorter values stand in ordinary text, too. */
const SHORTEST = 8;

const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [/(\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?:(basic|bearer|digest|token)\s+)?[^\s"',;]+/gi, `$1$2 ${MASK}`],
  [/\b(bearer\s+)[\w.~+/-]{8,}=*/gi, `$1${MASK}`],
  [/(\b[a-z][a-z\d+.-]{0,20}:\/\/)[^\s/@:'"]{0,200}:[^\s/@'"]{1,500}@/gi, `$1${MASK}@`],
];

/**
 * Takes out of a text what is surely a key: the values of variables that a program was given and whose names say so, as
 * they are and as JSON writes them. All else stays as it is. Pure.
 */
export function secretMasker(environment: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const values = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && isSecretName(name) ? [value.trim()] : [],
  );
  const written = values.flatMap(value => [value, JSON.stringify(value).slice(1, -1)]);
  const longestFirst = [...new Set(written)]
    .filter(value => value.length >= SHORTEST)
    .sort((one, other) => other.length - one.length);
  return text => longestFirst.reduce((rest, value) => rest.replaceAll(value, MASK), text);
}

/** What programs say of their requests and addresses, without what would let others make the same ones. Pure. */
export function withoutCredentials(text: string): string {
  return CREDENTIALS.reduce((rest, [pattern, masked]) => rest.replace(pattern, masked), text);
}
