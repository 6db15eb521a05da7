import { visibleText } from '../../base/visibleText.ts';

/** Text on one line, in which nothing is Markdown or HTML. */
export function inline(text: string): string {
  return escaped(visibleText(text).replace(/\s+/g, ' ').trim());
}

/** Text of several lines; empty lines part paragraphs. */
export function block(text: string): string {
  return visibleText(text)
    .split(/\n{2,}/)
    .map(paragraph => escaped(paragraph.replace(/\s+/g, ' ').trim()))
    .join('\n\n');
}

function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~!&]/g, character => `\\${character}`)
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=])/, '\\$1');
}

/** A code span around any text: its fence is longer than every run of backticks in it. */
export function code(text: string): string {
  const shown = visibleText(text).replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

/** Such as `2 critical, 1 low` as a sentence. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
