import { structuredPatch } from 'diff';
import { visibleText } from '../../base/visibleText.ts';
import type { DiffHunk, ToolChange } from '../../core/tasks/taskFact.ts';
import type { DiffView } from '../../protocol/transcriptView.ts';
import { shownPath } from './shownPath.ts';

const MOST_LINES = 400;
const LONGEST_LINE = 2000;
const COMPARE_MS = 250;
const CONTEXT_LINES = 3;

/** Compares two texts. Nothing when they are too different to be compared in a quarter of a second. */
export function compareTexts(before: string, after: string, shownAs: string): DiffView | undefined {
  const options = { context: CONTEXT_LINES, timeout: COMPARE_MS };
  const patch = structuredPatch(
    shownAs,
    shownAs,
    normalLines(before),
    normalLines(after),
    undefined,
    undefined,
    options,
  );
  return patch === undefined ? undefined : patchView(patch.hunks, shownAs);
}

/** The diff of a call that was made, as Claude Code reported it. */
export function changeView(change: ToolChange, folder: string): DiffView {
  const view = fromHunks(change.hunks, shownPath(change.path, folder), change.hiddenLines);
  return { ...view, added: change.added, removed: change.removed };
}

/** The hunks of a patch of one file. */
export function patchView(hunks: readonly Pick<DiffHunk, 'lines'>[], path: string): DiffView {
  return fromHunks(hunks, path, 0);
}

function fromHunks(hunks: readonly Pick<DiffHunk, 'lines'>[], path: string, hiddenBefore: number): DiffView {
  const lines: DiffView['lines'] = [];
  let added = 0;
  let removed = 0;
  let hiddenLines = hiddenBefore;
  hunks.forEach((hunk, index) => {
    if (index > 0 && lines.length < MOST_LINES) {
      lines.push({ kind: 'kept', text: '⋯' });
    }
    for (const line of hunk.lines) {
      const kind = kindOf(line);
      if (kind === undefined) {
        continue;
      }
      added += kind === 'added' ? 1 : 0;
      removed += kind === 'removed' ? 1 : 0;
      if (lines.length < MOST_LINES) {
        lines.push({ kind, text: shownLine(line.slice(1)) });
      } else {
        hiddenLines += 1;
      }
    }
  });
  return { path, added, removed, lines, hiddenLines };
}

/** A line that begins with a backslash is a remark, such as "No newline at end of file". */
function kindOf(line: string): DiffView['lines'][number]['kind'] | undefined {
  switch (line[0]) {
    case '+':
      return 'added';
    case '-':
      return 'removed';
    case '\\':
      return undefined;
    default:
      return 'kept';
  }
}

function shownLine(line: string): string {
  const text = visibleText(line.length <= LONGEST_LINE ? line : line.slice(0, LONGEST_LINE));
  return line.length <= LONGEST_LINE ? text : `${text} [${line.length - LONGEST_LINE} more characters]`;
}

function normalLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
