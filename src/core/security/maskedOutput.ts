import { isSecretName } from './secretVariables.ts';

export const MASK = '•••••';

/** Of a variable's value. */
const SHORTEST = 8;

const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  // Of schemes that have more than one word after their name, or are not known, all of the line goes.
  [
    /(\b(?:proxy-)?authorization["']?[ \t]*[:=][ \t["']*)(?:((?:basic|bearer|token)\s+)[^\s"',;\]]+|digest\s[^\r\n]*|[^\s"'\]][^\r\n"'\]]*)/gi,
    `$1$2${MASK}`,
  ],
  [/\b(bearer\s+)[\w.~+/-]{8,}=*/gi, `$1${MASK}`],
  [/(\b[a-z][a-z\d+.-]{0,20}:\/\/)[^\s/@:'"]{0,200}:[^\s/@'"]{1,500}@/gi, `$1${MASK}@`],
  // A key of a web address can stand there without a name or a password.
  [/(\bhttps?:\/\/)[\w.~%+-]{1,500}@/gi, `$1${MASK}@`],
];

/**
 * Takes secrets out of a text, as they are and as JSON writes them, longest first. All else stays as it is.
 * @param shortest shorter ones stand in ordinary text, too
 */
export function valueMasker(secrets: readonly string[], shortest: number): (text: string) => string {
  const written = secrets.map(value => value.trim()).flatMap(value => [value, JSON.stringify(value).slice(1, -1)]);
  const longestFirst = [...new Set(written)]
    .filter(value => value.length >= shortest)
    .sort((one, other) => other.length - one.length);
  return text => longestFirst.reduce((rest, value) => rest.replaceAll(value, MASK), text);
}

/** {@link valueMasker} of the variables that a program was given and whose names say that they hold a key. Pure. */
export function secretMasker(environment: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const values = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && isSecretName(name) ? [value] : [],
  );
  return valueMasker(values, SHORTEST);
}

/** What programs say of their requests and addresses, without what would let others make the same ones. Pure. */
export function withoutCredentials(text: string): string {
  return CREDENTIALS.reduce((rest, [pattern, masked]) => rest.replace(pattern, masked), text);
}
