import { createHash } from 'node:crypto';
import { applyPatch, reversePatch, type StructuredPatch, structuredPatch } from 'diff';

/** A group of changed lines with up to three lines around it, as `git diff` shows it. Line numbers count from 1. */
export interface Hunk {
  /** Tells it from the others of its file: the same lines have the same id, wherever they moved. */
  readonly id: string;
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Each begins with a space, `+`, `-` or `\`. */
  readonly lines: readonly string[];
  readonly added: number;
  readonly removed: number;
}

const CONTEXT_LINES = 3;
/** Two texts that share almost nothing take this many edits; beyond it a file is one hunk. */
const MOST_EDITS = 3000;

/** What changed between two texts, by hunk, from top to bottom. */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const patch = structuredPatch('', '', before, after, undefined, undefined, {
    context: CONTEXT_LINES,
    maxEditLength: MOST_EDITS,
  });
  const seen = new Map<string, number>();
  return (patch?.hunks ?? wholeFile(before, after)).map(({ oldStart, oldLines, newStart, newLines, lines }) => {
    const digest = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
    const earlier = seen.get(digest) ?? 0;
    seen.set(digest, earlier + 1);
    return {
      id: `${digest}-${earlier}`,
      oldStart,
      oldLines,
      newStart,
      newLines,
      lines,
      added: lines.filter(line => line.startsWith('+')).length,
      removed: lines.filter(line => line.startsWith('-')).length,
    };
  });
}

/**
 * The text with one hunk undone, and everything else as it is; nothing when the lines of the hunk are not there any more
 * as they were left.
 */
export function withoutHunk(current: string, hunk: Hunk): string | undefined {
  return patched(current, reversePatch(patchOf(hunk)));
}

/** The text with one hunk done again; nothing when the lines that it changes are not there any more. */
export function withHunk(current: string, hunk: Hunk): string | undefined {
  return patched(current, patchOf(hunk));
}

function patchOf({ oldStart, oldLines, newStart, newLines, lines }: Hunk): StructuredPatch {
  return {
    oldFileName: '',
    newFileName: '',
    oldHeader: undefined,
    newHeader: undefined,
    hunks: [{ oldStart, oldLines, newStart, newLines, lines: [...lines] }],
  };
}

function patched(current: string, patch: StructuredPatch): string | undefined {
  const text = applyPatch(current, patch, { fuzzFactor: 0, autoConvertLineEndings: false });
  return text === false ? undefined : text;
}

function wholeFile(before: string, after: string): StructuredPatch['hunks'] {
  const removed = linesOf(before);
  const added = linesOf(after);
  const mark = (sign: string, { lines, endsOpen }: Lines): string[] => [
    ...lines.map(line => `${sign}${line}`),
    ...(endsOpen ? ['\\ No newline at end of file'] : []),
  ];
  return [
    {
      oldStart: removed.lines.length === 0 ? 0 : 1,
      oldLines: removed.lines.length,
      newStart: added.lines.length === 0 ? 0 : 1,
      newLines: added.lines.length,
      lines: [...mark('-', removed), ...mark('+', added)],
    },
  ];
}

interface Lines {
  readonly lines: readonly string[];
  readonly endsOpen: boolean;
}

function linesOf(text: string): Lines {
  if (text === '') {
    return { lines: [], endsOpen: false };
  }
  const endsOpen = !text.endsWith('\n');
  return { lines: (endsOpen ? text : text.slice(0, -1)).split('\n'), endsOpen };
}
