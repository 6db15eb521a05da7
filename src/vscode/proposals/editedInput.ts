import type { JsonObject } from '../../base/json.ts';

type EditedInput =
  | { readonly kind: 'input'; readonly input: JsonObject }
  | { readonly kind: 'impossible'; readonly why: string };

interface Edited {
  readonly toolName: string;
  readonly input: JsonObject;
  /** The file when the proposal was opened; absent when there was none. */
  readonly before: string | undefined;
  /** The file now. */
  readonly current: string | undefined;
  /** What the person made of it. */
  readonly edited: string;
}

/**
 * Turns the text that a person made of a proposal into the input of the same tool. For an edit that is one
 * replacement which occurs exactly once in the file, so that it can go nowhere else.
 */
export function editedInput({ toolName, input, before, current, edited }: Edited): EditedInput {
  if (toolName === 'Write') {
    return { kind: 'input', input: { ...input, content: edited } };
  }
  if (toolName === 'Bash' || toolName === 'PowerShell') {
    return edited.trim() === ''
      ? { kind: 'impossible', why: 'The command is empty. Deny it instead.' }
      : { kind: 'input', input: { ...input, command: edited } };
  }
  if (toolName !== 'Edit' && toolName !== 'MultiEdit') {
    return { kind: 'impossible', why: `The input of ${toolName} cannot be edited here.` };
  }
  if (current !== before) {
    return { kind: 'impossible', why: 'The file changed since the proposal was opened. Open it again.' };
  }
  const replacement = smallestReplacement(normalLines(current ?? ''), normalLines(edited));
  if (replacement === undefined) {
    return { kind: 'impossible', why: 'With your edits nothing would change in the file. Deny it instead.' };
  }
  const { file_path } = input;
  const edit = { old_string: replacement.oldText, new_string: replacement.newText };
  return {
    kind: 'input',
    input:
      toolName === 'Edit'
        ? { ...input, ...edit, replace_all: false }
        : { ...(file_path === undefined ? {} : { file_path }), edits: [{ ...edit, replace_all: false }] },
  };
}

/** The smallest run of whole lines whose replacement makes one text into the other, and that is in it only once. */
export function smallestReplacement(
  before: string,
  after: string,
): { readonly oldText: string; readonly newText: string } | undefined {
  if (before === after) {
    return undefined;
  }
  if (before === '') {
    return { oldText: '', newText: after };
  }
  const oldLines = before.split('\n');
  const newLines = after.split('\n');
  const most = Math.min(oldLines.length, newLines.length);
  let head = 0;
  while (head < most && oldLines[head] === newLines[head]) {
    head += 1;
  }
  let tail = 0;
  while (tail < most - head && oldLines.at(-1 - tail) === newLines.at(-1 - tail)) {
    tail += 1;
  }
  for (;;) {
    const oldText = oldLines.slice(head, oldLines.length - tail).join('\n');
    const newText = newLines.slice(head, newLines.length - tail).join('\n');
    const isWhole = head === 0 && tail === 0;
    const keepsLines = oldLines.length - tail > head && newLines.length - tail > head;
    if (isWhole || (keepsLines && occursOnce(before, oldText))) {
      return { oldText, newText };
    }
    head = Math.max(0, head - 1);
    tail = Math.max(0, tail - 1);
  }
}

function occursOnce(text: string, part: string): boolean {
  const first = text.indexOf(part);
  return part !== '' && first >= 0 && text.indexOf(part, first + 1) < 0;
}

function normalLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
