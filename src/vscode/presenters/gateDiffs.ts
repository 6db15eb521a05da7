import { formatPatch, parsePatch, type StructuredPatch } from 'diff';
import { visibleText } from '../../base/visibleText.ts';
import type { DiffView } from '../../protocol/transcriptView.ts';
import { patchView } from './diffView.ts';

const NO_FILE = '/dev/null';

/**
 * What a gate shows, when it is a patch and nothing else: file by file. Nothing for any other text, and for a patch of
 * which a line would be left out: a person decides on it, so all of it has to be seen.
 */
export function gateDiffs(shown: string): DiffView[] | undefined {
  const patches = patchesIn(shown);
  const views = patches?.map(patch => patchView(patch.hunks, pathOf(patch)));
  return views?.every(({ hiddenLines }) => hiddenLines === 0) === true ? views : undefined;
}

function patchesIn(text: string): readonly StructuredPatch[] | undefined {
  try {
    const patches = parsePatch(text);
    // What the parser passes over, such as words between two files, is not in it when it is written again.
    const isAll =
      patches
        .map(patch => formatPatch(patch))
        .join('')
        .trimEnd() === text.trimEnd();
    return isAll && patches.every(({ hunks }) => hunks.length > 0) ? patches : undefined;
  } catch {
    return undefined;
  }
}

function pathOf({ oldFileName = NO_FILE, newFileName = NO_FILE }: StructuredPatch): string {
  const names = [...new Set([oldFileName, newFileName])].filter(name => name !== NO_FILE);
  return visibleText(names.join(' → '));
}
