import { visibleText } from '../../base/visibleText.ts';

/**
 * Untrusted text as it may be written to a terminal: escape sequences and other hidden characters become visible
 * marks, and so does a carriage return, which would let later text overwrite what stands before it.
 */
export function plainText(text: string): string {
  return visibleText(text.replaceAll('\r\n', '\n')).replaceAll('\r', '⟨U+000D⟩');
}

/** The same on one line, for columns and headings. */
export function oneLine(text: string): string {
  return plainText(text.replace(/\s+/g, ' ').trim());
}
