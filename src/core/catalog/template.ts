/** A place in a template that a value goes to, such as `${{ steps.review.output.summary }}`. */
export interface Reference {
  /** The first name, such as `steps`. */
  readonly root: string;
  readonly path: readonly (string | number)[];
  /** As it was written, without the braces. */
  readonly text: string;
}

type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly reference: Reference; readonly index: number }
  | { readonly kind: 'bad'; readonly text: string; readonly why: string; readonly index: number };

const OPENING = '${{';
const NAME = /^[A-Za-z_][A-Za-z0-9_-]*/;
const STEP = /^(?:\.([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,6})\]|\["([^"\\]{1,200})"\])/;
const LONGEST_REFERENCE = 500;

/**
 * Takes a text apart once. What stands in a value is never looked at again. `$${{` stands for the three characters
 * themselves. `index` counts the places, the bad ones included, from 0.
 */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let plain = '';
  let from = 0;
  let index = 0;
  const flush = (): void => {
    if (plain !== '') {
      parts.push({ kind: 'text', text: plain });
      plain = '';
    }
  };
  for (;;) {
    const at = text.indexOf(OPENING, from);
    if (at < 0) {
      plain += text.slice(from);
      flush();
      return parts;
    }
    if (text[at - 1] === '$' && at > from) {
      plain += `${text.slice(from, at - 1)}${OPENING}`;
      from = at + OPENING.length;
      index += 1;
      continue;
    }
    plain += text.slice(from, at);
    flush();
    const end = text.indexOf('}}', at);
    if (end < 0) {
      parts.push({ kind: 'bad', text: text.slice(at + 3, at + 43).trim(), why: '"}}" is missing.', index });
      return parts;
    }
    const written = text.slice(at + OPENING.length, end).trim();
    const reference = parseReference(written);
    parts.push(
      reference === undefined
        ? { kind: 'bad', text: written.slice(0, 80), why: 'it is not a name such as inputs.target.', index }
        : { kind: 'value', reference, index },
    );
    from = end + 2;
    index += 1;
  }
}

/** Such as `steps.review.output[0].file`; nothing when it is something else. */
function parseReference(written: string): Reference | undefined {
  const root = NAME.exec(written)?.[0];
  if (root === undefined || written.length > LONGEST_REFERENCE) {
    return undefined;
  }
  const path: (string | number)[] = [];
  let rest = written.slice(root.length);
  while (rest !== '') {
    const step = STEP.exec(rest);
    if (step === null) {
      return undefined;
    }
    path.push(step[2] === undefined ? (step[1] ?? step[3] ?? '') : Number(step[2]));
    rest = rest.slice(step[0].length);
  }
  return { root, path, text: written };
}

/** The only reference, when the text is nothing else: then the value keeps its type. */
export function onlyReference(parts: readonly TemplatePart[]): Reference | undefined {
  const [first] = parts;
  return parts.length === 1 && first?.kind === 'value' ? first.reference : undefined;
}
