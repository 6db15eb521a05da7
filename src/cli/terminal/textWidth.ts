const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How many columns of a terminal a text takes. It holds no line ends and no escape sequences. */
export function textWidth(text: string): number {
  if (isPlainAscii(text)) {
    return text.length;
  }
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += graphemeWidth(segment);
  }
  return width;
}

/** Cuts a text to a number of columns; a cut is marked by an ellipsis that counts. */
export function fitText(text: string, columns: number): string {
  if (textWidth(text) <= columns) {
    return text;
  }
  let fitted = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = graphemeWidth(segment);
    if (width + next > columns - 1) {
      break;
    }
    fitted += segment;
    width += next;
  }
  return columns > 0 ? `${fitted}…` : '';
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - textWidth(text))) + text;
}

function isPlainAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const PICTOGRAPH = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\u{fe0f}/u;

function graphemeWidth(grapheme: string): number {
  if (ZERO.test(grapheme)) {
    return 0;
  }
  return PICTOGRAPH.test(grapheme) || isWide(grapheme.codePointAt(0) ?? 0) ? 2 : 1;
}

/** East Asian wide and fullwidth ranges (Unicode annex 11). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return WIDE.some(([first, last]) => code >= first && code <= last);
}
