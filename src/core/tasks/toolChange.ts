import type { JsonValue } from '../../base/json.ts';
import type { DiffHunk, ToolChange } from './taskFact.ts';
import { relativePath } from './toolSummary.ts';

const MOST_LINES = 400;

/**
 * The change of a file that a finished Edit or Write reports in its structured result
 * (`tool_use_result`: `filePath`, `structuredPatch`, `content` of a new file).
 */
export function toolChange(result: JsonValue | undefined, cwd: string): ToolChange | undefined {
  if (result === null || typeof result !== 'object' || Array.isArray(result)) {
    return undefined;
  }
  const filePath = result['filePath'];
  const patch = result['structuredPatch'];
  if (typeof filePath !== 'string' || !Array.isArray(patch)) {
    return undefined;
  }
  const isNew = result['type'] === 'create';
  const content = result['content'];
  const hunks = isNew && typeof content === 'string' ? [createdHunk(content)] : patch.flatMap(readHunk);
  const lines = hunks.flatMap(hunk => hunk.lines);
  const shown = capHunks(hunks);
  return {
    path: relativePath(filePath, cwd),
    kind: isNew ? 'created' : 'edited',
    added: lines.filter(line => line.startsWith('+')).length,
    removed: lines.filter(line => line.startsWith('-')).length,
    hunks: shown,
    hiddenLines: lines.length - shown.reduce((sum, hunk) => sum + hunk.lines.length, 0),
  };
}

function createdHunk(content: string): DiffHunk {
  const lines = content.split('\n');
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return { oldStart: 0, newStart: 1, lines: lines.map(line => `+${line}`) };
}

function readHunk(value: JsonValue): DiffHunk[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return [];
  }
  const { oldStart, newStart, lines } = value;
  if (typeof oldStart !== 'number' || typeof newStart !== 'number' || !Array.isArray(lines)) {
    return [];
  }
  return [{ oldStart, newStart, lines: lines.filter(line => typeof line === 'string') }];
}

function capHunks(hunks: readonly DiffHunk[]): DiffHunk[] {
  let left = MOST_LINES;
  const shown: DiffHunk[] = [];
  for (const hunk of hunks) {
    if (left <= 0) {
      break;
    }
    shown.push({ ...hunk, lines: hunk.lines.slice(0, left) });
    left -= hunk.lines.length;
  }
  return shown;
}
