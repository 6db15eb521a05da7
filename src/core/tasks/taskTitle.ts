const MOST = 60;

/** A title from the first line of a prompt: at most 60 characters, cut at a word. */
export function titleFromPrompt(prompt: string): string {
  const line = prompt.trim().split(/\r?\n/, 1)[0]?.replace(/\s+/g, ' ').trim() ?? '';
  if (line.length <= MOST) {
    return line;
  }
  const cut = line.slice(0, MOST - 1);
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > MOST / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
