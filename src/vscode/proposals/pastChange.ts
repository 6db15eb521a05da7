import { applyPatch, formatPatch, reversePatch, type StructuredPatch } from 'diff';
import type { ToolChange } from '../../core/tasks/taskFact.ts';

export type PastChange =
  /** The file before and after the call, made from what it is now. */
  | { readonly kind: 'texts'; readonly before: string; readonly after: string }
  /** The file went on since then, or not all of the change was kept: only the patch is known. */
  | { readonly kind: 'patch'; readonly text: string; readonly why: string };

/** What a finished call changed. `current` is the file as it is now; absent when it is gone. */
export function pastChange(change: ToolChange, current: string | undefined): PastChange {
  const patch = structured(change);
  const text = formatPatch(patch);
  if (change.hiddenLines > 0) {
    return { kind: 'patch', text, why: `${change.hiddenLines} lines of the change were not kept.` };
  }
  if (current === undefined) {
    return { kind: 'patch', text, why: 'The file is not there any more.' };
  }
  const after = current.replaceAll('\r\n', '\n');
  if (change.kind === 'created') {
    return { kind: 'texts', before: '', after };
  }
  const before = applyPatch(after, reversePatch(patch), { fuzzFactor: 0 });
  return before === false
    ? { kind: 'patch', text, why: 'The file was changed again since then.' }
    : { kind: 'texts', before, after };
}

function structured(change: ToolChange): StructuredPatch {
  const hunks = change.hunks.map(({ oldStart, newStart, lines }) => ({
    oldStart,
    newStart,
    lines: [...lines],
    oldLines: lines.filter(line => line[0] !== '+' && line[0] !== '\\').length,
    newLines: lines.filter(line => line[0] !== '-' && line[0] !== '\\').length,
  }));
  return {
    oldFileName: change.kind === 'created' ? '/dev/null' : change.path,
    newFileName: change.path,
    oldHeader: undefined,
    newHeader: undefined,
    hunks,
  };
}
