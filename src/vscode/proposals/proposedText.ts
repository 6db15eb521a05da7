import type { JsonObject, JsonValue } from '../../base/json.ts';

/** A tool call that changes one file, as it can be understood without running it. */
export type FileProposal =
  | { readonly kind: 'write'; readonly path: string; readonly content: string }
  | { readonly kind: 'edits'; readonly path: string; readonly edits: readonly TextEdit[] };

interface TextEdit {
  readonly oldText: string;
  readonly newText: string;
  readonly everywhere: boolean;
}

type ProposedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Reads the input of Write, Edit and MultiEdit; nothing for any other tool or shape. */
export function readProposal(toolName: string, input: JsonObject): FileProposal | undefined {
  const path = input['file_path'];
  if (typeof path !== 'string' || path === '') {
    return undefined;
  }
  if (toolName === 'Write') {
    const content = input['content'];
    return typeof content === 'string' ? { kind: 'write', path, content } : undefined;
  }
  if (toolName === 'Edit') {
    const edit = readEdit(input);
    return edit === undefined ? undefined : { kind: 'edits', path, edits: [edit] };
  }
  const list = input['edits'];
  if (toolName === 'MultiEdit' && Array.isArray(list)) {
    const edits = list.map(item => (isObject(item) ? readEdit(item) : undefined));
    return edits.every(edit => edit !== undefined) ? { kind: 'edits', path, edits } : undefined;
  }
  return undefined;
}

/** The file as it would be afterwards. `current` is absent when there is no such file yet. */
export function proposedText(proposal: FileProposal, current: string | undefined): ProposedText {
  if (proposal.kind === 'write') {
    return { kind: 'text', text: proposal.content };
  }
  let text = current?.replaceAll('\r\n', '\n');
  for (const edit of proposal.edits) {
    const oldText = edit.oldText.replaceAll('\r\n', '\n');
    const newText = edit.newText.replaceAll('\r\n', '\n');
    if (oldText === '' && (text === undefined || text === '')) {
      text = newText;
      continue;
    }
    if (text === undefined) {
      return { kind: 'unknown', why: 'The file is not there.' };
    }
    const places = oldText === '' ? 0 : text.split(oldText).length - 1;
    if (places === 0) {
      return { kind: 'unknown', why: 'The text that it would replace is not in the file now.' };
    }
    if (places > 1 && !edit.everywhere) {
      return { kind: 'unknown', why: `The text that it would replace is there ${places} times.` };
    }
    text = text.split(oldText).join(newText);
  }
  return { kind: 'text', text: text ?? '' };
}

function readEdit(input: JsonObject): TextEdit | undefined {
  const { old_string: oldText, new_string: newText, replace_all: everywhere } = input;
  return typeof oldText === 'string' && typeof newText === 'string'
    ? { oldText, newText, everywhere: everywhere === true }
    : undefined;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
