import type { JsonValue } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';

/** Untrusted text for a view: hidden characters made visible, and at most `most` characters of it. The cut is said. */
export function shownText(text: string, most: number): { readonly text: string; readonly isCut: boolean } {
  if (text.length <= most) {
    return { text: visibleText(text), isCut: false };
  }
  const end = isHighSurrogate(text.charCodeAt(most - 1)) ? most - 1 : most;
  return {
    text: `${visibleText(text.slice(0, end))}\n[${text.length - end} more characters are not shown here]`,
    isCut: true,
  };
}

/** One line, for lists: line ends become `⏎`. */
export function oneLine(text: string, most: number): string {
  const line = visibleText(text.trim())
    .replace(/\s*\r?\n\s*/g, ' ⏎ ')
    .replace(/\t/g, ' ');
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** For VS Code's messages, which turn `[text](address)` into a link, also into one that runs a command. */
export function withoutLinks(text: string): string {
  return text.replace(/\]\(/g, '] (');
}

export function shownJson(value: JsonValue, most: number): { readonly text: string; readonly isCut: boolean } {
  return shownText(JSON.stringify(value, null, 2), most);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
