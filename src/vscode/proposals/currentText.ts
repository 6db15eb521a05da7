import { readFile, stat } from 'node:fs/promises';

/** A file as it is now, as far as it can be compared as text. */
export type CurrentText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads an ordinary file of at most so many bytes; never a device, a pipe or a binary. */
export async function readCurrentText(file: string, mostBytes: number): Promise<CurrentText> {
  try {
    const found = await stat(file);
    if (!found.isFile()) {
      return { kind: 'unreadable', why: 'It is not an ordinary file.' };
    }
    if (found.size > mostBytes) {
      return { kind: 'unreadable', why: `It has ${found.size} bytes.` };
    }
    const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
    return text.includes('\0') ? { kind: 'unreadable', why: 'It is not a text file.' } : { kind: 'text', text };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { kind: 'absent' } : { kind: 'unreadable', why: message };
  }
}

/** The text, or nothing where there is no file. */
export function textOrNothing(current: CurrentText): string | undefined {
  return current.kind === 'text' ? current.text : undefined;
}
