/** Characters that fill a line of the panel; a longer line counts for its share of the whole. */
const LINE_CHARACTERS = 240;

interface FirstLines {
  readonly text: string;
  /** Lines left out; 0 with a shorter `text` means that only the rest of one long line is left out. */
  readonly hiddenLines: number;
}

/** The first lines of a text, cut further when they are longer than lines are. */
export function firstLines(text: string, lines: number): FirstLines {
  const most = Math.max(1, lines) * LINE_CHARACTERS;
  const end = endOfLine(text, lines);
  if (end <= most) {
    return end === text.length
      ? { text, hiddenLines: 0 }
      : { text: text.slice(0, end), hiddenLines: linesFrom(text, end) };
  }
  return { text: text.slice(0, most), hiddenLines: linesFrom(text, most) };
}

/** Where the line with this number ends; the end of the text when it has no more. A last line end is no line. */
function endOfLine(text: string, lines: number): number {
  let end = -1;
  for (let line = 0; line < lines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0 || end === text.length - 1) {
      return text.length;
    }
  }
  return end;
}

function linesFrom(text: string, from: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < text.length - 1; at = text.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
}
