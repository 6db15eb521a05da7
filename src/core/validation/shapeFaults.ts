import type * as z from 'zod';
import { visibleText } from '../../base/visibleText.ts';
import { badValue, type FileFault, unknownKey } from './fileFault.ts';
import { nearestWord } from './nearestWord.ts';
import type { YamlPath, YamlText } from './yamlText.ts';

export type ShapeIssue = z.core.$ZodIssue;

/** How a kind of file speaks of its own values. Every path is the way inside the checked value. */
export interface ShapeWords {
  /** Such as `"limits" of the profile "review"`. */
  where(path: YamlPath): string;
  knownKeys(path: YamlPath): readonly string[];
  /** What the value must be, after "must be". */
  expected(path: YamlPath, issue: ShapeIssue): string;
  /** Of the forms that a value can have, the one that its author meant; nothing when that is not clear. */
  meant(written: unknown, forms: readonly ShapeIssue[][], path: YamlPath): readonly ShapeIssue[] | undefined;
}

interface Checked {
  readonly yaml: YamlText;
  /** The way from the top of the file to the value that was checked. */
  readonly base: YamlPath;
  readonly value: unknown;
}

/** Says in plain words, each with its place, what does not fit a schema. */
export function shapeFaults(checked: Checked, issues: readonly ShapeIssue[], words: ShapeWords): FileFault[] {
  const misspelt = issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => [...pathOf(issue), nearestWord(key, words.knownKeys(pathOf(issue)))].join('\0'))
      : [],
  );
  return issues
    .filter(issue => {
      const isMissing = issue.code === 'invalid_type' && valueAt(checked.value, pathOf(issue)) === undefined;
      return !(isMissing && misspelt.includes(pathOf(issue).join('\0')));
    })
    .flatMap(issue => faultsOf(checked, issue, words));
}

function faultsOf(checked: Checked, issue: ShapeIssue, words: ShapeWords): FileFault[] {
  const { yaml, base, value } = checked;
  const steps = pathOf(issue);
  const path = [...base, ...steps];
  if (issue.code === 'unrecognized_keys') {
    const known = words.knownKeys(steps);
    return issue.keys.map(key => unknownKeyAt(yaml, words.where(steps), [...path, key], known));
  }
  const written = valueAt(value, steps);
  if (issue.code === 'invalid_union') {
    const inner = words.meant(written, issue.errors, steps);
    if (inner !== undefined) {
      const placed = inner.map(one => ({ ...one, path: [...issue.path, ...one.path] }));
      return shapeFaults(checked, placed, words);
    }
  }
  if (issue.code === 'invalid_key') {
    return [badValue(yaml.placeOf(path, 'key'), { where: words.where(steps), expected: words.expected(steps, issue) })];
  }
  const choices = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  return [
    badValue(yaml.placeOf(path), {
      where: words.where(steps),
      expected: words.expected(steps, issue),
      nearest: typeof written === 'string' ? nearestWord(written, choices) : undefined,
    }),
  ];
}

export function unknownKeyAt(yaml: YamlText, where: string, path: YamlPath, known: readonly string[]): FileFault {
  const key = String(path.at(-1));
  return unknownKey(yaml.placeOf(path, 'key'), { where, key: shownWord(key), nearest: nearestWord(key, known), known });
}

export function pathOf(issue: ShapeIssue): YamlPath {
  return issue.path.map(step => (typeof step === 'number' ? step : String(step)));
}

export function valueAt(value: unknown, path: YamlPath): unknown {
  let inside = value;
  for (const step of path) {
    inside = Array.isArray(inside) ? inside[Number(step)] : asRecord(inside)?.[step];
  }
  return inside;
}

export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** A word of a stranger's, short and with hidden characters visible. */
export function shownWord(text: string): string {
  const visible = visibleText(text);
  return visible.length > 80 ? `${visible.slice(0, 80)}…` : visible;
}
