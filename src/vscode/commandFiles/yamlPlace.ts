/** Where a cursor stands in a file of a command, found from indentation: the text may be half written. */
export interface YamlPlace {
  /** Keys and, for a list, `*`, down to the mapping or list that the cursor is in. */
  readonly path: readonly string[];
  /** Other keys of the same mapping, with the text of their values. */
  readonly siblings: ReadonlyMap<string, string>;
  readonly kind: 'key' | 'value';
  /** The key whose value is written; for `kind: 'value'` only. */
  readonly key?: string;
  /** What is written so far of the word at the cursor, which a choice replaces. */
  readonly word: string;
}

interface Line {
  /** Columns of the hyphens that begin items. */
  readonly hyphens: readonly number[];
  /** Where its key or value begins. */
  readonly column: number;
  readonly key?: string;
  readonly value: string;
}

/** @returns nothing in a comment, in a block of text, and where no key or value can stand */
export function yamlPlace(text: string, offset: number): YamlPlace | undefined {
  const before = text.slice(0, offset).split('\n');
  const lines = text.split('\n');
  const at = before.length - 1;
  const head = before[at] ?? '';
  if (/^\s*#|\s#[^"']*$/.test(head) || isInText(lines, at)) {
    return undefined;
  }
  const flow = flowBefore(head);
  if (flow !== undefined) {
    return placeInFlow(lines, at, flow);
  }
  const line = lineOf(head);
  const around = mappingAround(lines, at, line);
  if (line.key !== undefined) {
    return { ...around, kind: 'value', key: line.key, word: line.value };
  }
  return { ...around, kind: 'key', word: line.value };
}

function lineOf(text: string): Line {
  const hyphens: number[] = [];
  let column = /^ */.exec(text)?.[0].length ?? 0;
  for (;;) {
    const hyphen = /^-(?: +|$)/.exec(text.slice(column));
    if (hyphen === null) {
      break;
    }
    hyphens.push(column);
    column += hyphen[0].length;
  }
  const rest = text.slice(column);
  const pair = /^["']?([A-Za-z_][\w-]*)["']?:(?:\s+(.*))?$/.exec(rest);
  const [, key, value = ''] = pair ?? [];
  return key === undefined ? { hyphens, column, value: rest } : { hyphens, column, key, value: value.trimEnd() };
}

/** The way to the mapping that a line belongs to, and what else is in it. */
function mappingAround(lines: readonly string[], at: number, line: Line): Pick<YamlPlace, 'path' | 'siblings'> {
  const siblings = new Map<string, string>();
  const add = ({ key, value }: Line): void => {
    if (key !== undefined) {
      siblings.set(key, value);
    }
  };
  const path: string[] = [];
  let level = line.column;
  let item = line.hyphens.at(-1);
  let isOwn = item === undefined;
  if (item !== undefined) {
    path.unshift('*');
    level = item;
  }
  for (let index = at - 1; index >= 0; index -= 1) {
    const above = contentOf(lines[index]);
    if (above === undefined) {
      continue;
    }
    const hyphen = above.hyphens.at(-1);
    if (item === undefined && above.column === level) {
      if (isOwn) {
        add(above);
      }
      if (hyphen !== undefined) {
        path.unshift('*');
        item = hyphen;
        level = hyphen;
        isOwn = false;
      }
      continue;
    }
    const isParent =
      above.key !== undefined && (above.column < level || (item !== undefined && above.column === level));
    if (isParent && above.key !== undefined) {
      path.unshift(above.key);
      isOwn = false;
      level = above.column;
      item = undefined;
      if (hyphen !== undefined) {
        path.unshift('*');
        item = hyphen;
        level = hyphen;
      }
    }
  }
  for (const below of lines.slice(at + 1).map(contentOf)) {
    if (below !== undefined) {
      if (below.column < line.column || below.hyphens.length > 0) {
        break;
      }
      if (below.column === line.column) {
        add(below);
      }
    }
  }
  return { path, siblings };
}

function contentOf(text: string | undefined): Line | undefined {
  return text === undefined || /^\s*(?:#.*)?$/.test(text) ? undefined : lineOf(text);
}

/** True below a key with `|` or `>`: there is only text. */
function isInText(lines: readonly string[], at: number): boolean {
  const own = /^\s*$/.test(lines[at] ?? '') ? Number.POSITIVE_INFINITY : lineOf(lines[at] ?? '').column;
  let level = Math.min(own, /^ */.exec(lines[at] ?? '')?.[0].length ?? 0);
  for (let index = at - 1; index >= 0; index -= 1) {
    const text = lines[index] ?? '';
    const indent = /^ */.exec(text)?.[0].length ?? 0;
    if (/^\s*$/.test(text) || indent >= level) {
      continue;
    }
    level = indent;
    if (/(?::|^\s*-)\s+[|>][+-]?\d?\s*$/.test(text)) {
      return true;
    }
  }
  return false;
}

interface Flow {
  readonly open: '{' | '[';
  /** What stands in front of the bracket. */
  readonly head: string;
  /** What stands behind it, up to the cursor. */
  readonly inside: string;
}

/** The innermost bracket of this line that is still open at the cursor. */
function flowBefore(head: string): Flow | undefined {
  const open: number[] = [];
  let quote = '';
  for (const [index, sign] of [...head].entries()) {
    if (quote !== '') {
      quote = sign === quote ? '' : quote;
    } else if (sign === '"' || (sign === "'" && /[\s,[{]/.test(head[index - 1] ?? ' '))) {
      quote = sign;
    } else if ((sign === '{' && head[index - 1] !== '{' && head[index - 1] !== '$') || sign === '[') {
      open.push(index);
    } else if ((sign === '}' || sign === ']') && open.length > 0) {
      open.pop();
    }
  }
  const last = open.at(-1);
  const sign = head[last ?? -1];
  if (last === undefined || (sign !== '{' && sign !== '[')) {
    return undefined;
  }
  return { open: sign, head: head.slice(0, last), inside: head.slice(last + 1) };
}

function placeInFlow(lines: readonly string[], at: number, { open, head, inside }: Flow): YamlPlace | undefined {
  const outer = flowBefore(head);
  const owner =
    outer === undefined
      ? ownerOf(lines, at, head)
      : keyedOwner(placeInFlow(lines, at, outer), /([A-Za-z_][\w-]*):\s*$/.exec(head)?.[1]);
  if (owner === undefined) {
    return undefined;
  }
  const parts = inside.split(',');
  const last = parts.at(-1) ?? '';
  if (open === '[') {
    return { path: [...owner, '*'], siblings: new Map(), kind: 'key', word: last.trimStart() };
  }
  const siblings = new Map(
    parts.slice(0, -1).flatMap((part): [string, string][] => {
      const [, key, value] = /^\s*([A-Za-z_][\w-]*):\s*(.*)$/.exec(part) ?? [];
      return key === undefined ? [] : [[key, value ?? '']];
    }),
  );
  const [, key, value] = /^\s*([A-Za-z_][\w-]*):\s+(.*)$/.exec(last) ?? [];
  return key === undefined
    ? { path: owner, siblings, kind: 'key', word: last.trimStart() }
    : { path: owner, siblings, kind: 'value', key, word: value ?? '' };
}

/** The way to what a bracket belongs to that opens behind this. */
function ownerOf(lines: readonly string[], at: number, head: string): readonly string[] | undefined {
  const line = lineOf(head.trimEnd());
  const { path } = mappingAround(lines, at, line);
  if (line.key !== undefined) {
    return [...path, line.key];
  }
  return line.value === '' ? path : undefined;
}

function keyedOwner(outer: YamlPlace | undefined, key: string | undefined): readonly string[] | undefined {
  if (outer === undefined) {
    return undefined;
  }
  return key === undefined ? outer.path : [...outer.path, key];
}
