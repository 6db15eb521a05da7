import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';
import { badYaml, duplicateKey, type FileFault, type FilePlace, tooManyAliases } from './fileFault.ts';

const MOST_ALIASES = 32;
const TOO_DEEP = 'It is nested too deeply, or refers to itself.';

export type YamlPath = readonly (string | number)[];

export interface YamlText {
  /** Plain data; `undefined` when nothing could be read from it. */
  readonly value: unknown;
  /** What is wrong with the text itself, with the way to the thing that it concerns. */
  readonly faults: readonly { readonly fault: FileFault; readonly path: YamlPath }[];
  /** Where a value stands, or its key; the nearest thing around it when it is not there. */
  placeOf(path: YamlPath, what?: 'key' | 'value'): FilePlace;
  /** Where these signs stand in the text of a value for the nth time, from 0; the value when they are written otherwise. */
  placeInside(path: YamlPath, signs: string, nth: number): FilePlace;
}

/** Reads YAML that a stranger may have written. Never throws. */
export function readYaml(text: string, file: string): YamlText {
  const lines = new LineCounter();
  const placeAt = (offset: number): FilePlace => {
    const { line, col } = lines.linePos(offset);
    return line > 0 ? { file, line, column: col } : { file, line: 1, column: 1 };
  };
  const failed = (fault: FileFault): YamlText => ({
    value: undefined,
    faults: [{ fault, path: [] }],
    placeOf: () => ({ file }),
    placeInside: () => ({ file }),
  });
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      strict: true,
      uniqueKeys: true,
      merge: false,
      logLevel: 'error',
    });
    const unknownTag = document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED');
    if (unknownTag !== undefined) {
      return failed(badYaml(placeAt(unknownTag.pos[0]), 'It has a tag that is not known here.'));
    }
    // What follows the first mistake is read wrongly, so only one is told.
    const broken = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
    const faults = (broken === undefined ? document.errors : [broken]).map(error => {
      const place = placeAt(error.pos[0]);
      return {
        fault: error.code === 'DUPLICATE_KEY' ? duplicateKey(place) : badYaml(place, whatIsWrong(error)),
        path: pathAt(document, error.pos[0]),
      };
    });
    const excess = excessAlias(document);
    if (excess !== undefined) {
      return failed(tooManyAliases(placeAt(excess), MOST_ALIASES));
    }
    if (broken !== undefined) {
      return { ...failed(badYaml({ file }, '')), faults };
    }
    return {
      value: document.toJS({ maxAliasCount: MOST_ALIASES }),
      faults,
      placeOf: (path, what = 'value') => placeAt(find(document, path, what)?.[0] ?? 0),
      placeInside: (path, signs, nth) => {
        const [from = 0, to = 0] = find(document, path, 'value') ?? [];
        let at = text.indexOf(signs, from);
        for (let passed = 0; passed < nth && at >= 0; passed += 1) {
          at = text.indexOf(signs, at + signs.length);
        }
        return placeAt(at >= 0 && at < to ? at : from);
      },
    };
  } catch (error) {
    // The library counts what aliases unfold to with a ReferenceError, and nests as deep as the stack allows.
    return failed(
      error instanceof ReferenceError ? tooManyAliases({ file }, MOST_ALIASES) : badYaml({ file }, TOO_DEEP),
    );
  }
}

function excessAlias(document: Document): number | undefined {
  let count = 0;
  let offset: number | undefined;
  visit(document, {
    Alias(_key, alias) {
      count += 1;
      if (count > MOST_ALIASES) {
        offset = alias.range?.[0] ?? 0;
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return offset;
}

function find(document: Document, path: YamlPath, what: 'key' | 'value'): readonly [number, number] | undefined {
  let node: Node | null = document.contents as Node | null;
  let found = rangeOfNode(node);
  for (const [index, step] of path.entries()) {
    const isLast = index === path.length - 1;
    const inside: Node | null | undefined = isAlias(node) ? node.resolve(document) : node;
    if (isMap(inside)) {
      const pair = inside.items.find(item => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) {
        return found;
      }
      const key = rangeOfNode(pair.key as Node | null);
      const value = rangeOfNode(pair.value as Node | null);
      found = (isLast && what === 'key' ? key : (value ?? key)) ?? found;
      node = pair.value as Node | null;
    } else if (isSeq(inside)) {
      node = (inside.items[Number(step)] as Node | undefined) ?? null;
      found = rangeOfNode(node) ?? found;
    } else {
      return found;
    }
  }
  return found;
}

/** The way down to what stands at an offset. */
function pathAt(document: Document, offset: number): YamlPath {
  const path: (string | number)[] = [];
  let node = document.contents as Node | null;
  while (isMap(node)) {
    const pair = node.items.find(item => {
      const key = rangeOfNode(item.key as Node | null);
      const end = (rangeOfNode(item.value as Node | null) ?? key)?.[1] ?? -1;
      return key !== undefined && key[0] <= offset && offset < end;
    });
    if (pair === undefined || !isScalar(pair.key)) {
      break;
    }
    path.push(String(pair.key.value));
    node = pair.value as Node | null;
  }
  return path;
}

function rangeOfNode(node: Node | null | undefined): readonly [number, number] | undefined {
  const range = node?.range;
  return range === undefined || range === null ? undefined : [range[0], range[1]];
}

/** Where the library speaks to programmers, it is said for the author of the file. */
function whatIsWrong({ code, message }: YAMLParseError): string {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return 'A second document begins here, and a file is one.';
    case 'RESOURCE_EXHAUSTION':
      return TOO_DEEP;
    default:
      return oneSentence(message);
  }
}

function oneSentence(text: string): string {
  const line = text.split('\n')[0]?.trim() ?? '';
  return line.endsWith('.') ? line : `${line}.`;
}
