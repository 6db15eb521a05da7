import { nameFromBytes } from '../systemPath.ts';

export interface TreeSide {
  /** 100644, 100755 or 120000. */
  readonly mode: string;
  readonly blob: string;
}

export interface TreeChange {
  readonly path: string;
  readonly from?: string;
  readonly before?: TreeSide;
  readonly after?: TreeSide;
  /** Undefined for a binary file, or when lines were not counted. */
  readonly lines?: { readonly added: number; readonly removed: number };
}

const NOTHING = '000000';

/** Reads `git diff-tree -z --raw [--numstat]`. */
export function parseDiff(output: Uint8Array): readonly TreeChange[] {
  const fields = fieldsOf(output);
  // A folder that became a file comes twice, as one that went and one that came.
  const changes: TreeChange[] = [];
  const lines = new Map<string, NonNullable<TreeChange['lines']>>();
  let at = 0;
  const next = (): string => fields[at++] ?? '';
  while (at < fields.length) {
    const head = next();
    if (head.startsWith(':')) {
      const [modeBefore = '', modeAfter = '', blobBefore = '', blobAfter = '', status = ''] = head.slice(1).split(' ');
      const first = next();
      const path = /^[RC]/.test(status) ? next() : first;
      changes.push({
        path,
        ...(path === first ? {} : { from: first }),
        ...(modeBefore === NOTHING ? {} : { before: { mode: modeBefore, blob: blobBefore } }),
        ...(modeAfter === NOTHING ? {} : { after: { mode: modeAfter, blob: blobAfter } }),
      });
      continue;
    }
    const [added = '', removed = '', ...rest] = head.split('\t');
    let path = rest.join('\t');
    if (path === '') {
      next();
      path = next();
    }
    if (added !== '-') {
      lines.set(path, { added: Number(added), removed: Number(removed) });
    }
  }
  return changes.map(change => {
    const counted = lines.get(change.path);
    return counted === undefined ? change : { ...change, lines: counted };
  });
}

function fieldsOf(output: Uint8Array): readonly string[] {
  const fields: string[] = [];
  for (let start = 0, end = output.indexOf(0); end >= 0; start = end + 1, end = output.indexOf(0, start)) {
    fields.push(nameFromBytes(output.subarray(start, end)));
  }
  return fields;
}
