/** The text of the last fenced `rehearse` block of a prompt; a fence of more backticks can hold one of fewer. */
export function promptScriptIn(prompt: string): string | undefined {
  if (!prompt.includes('rehearse')) {
    return undefined;
  }
  let found: string | undefined;
  let fence: { marks: string; lines: string[]; isScript: boolean } | undefined;
  for (const line of prompt.split(/\r?\n/)) {
    const mark = /^\s*(`{3,})\s*(\w*)\s*$/.exec(line);
    const marks = mark?.[1] ?? '';
    if (fence === undefined) {
      fence = mark === null ? undefined : { marks, lines: [], isScript: mark[2] === 'rehearse' };
    } else if (mark !== null && mark[2] === '' && marks.length >= fence.marks.length) {
      found = fence.isScript ? fence.lines.join('\n') : found;
      fence = undefined;
    } else {
      fence.lines.push(line);
    }
  }
  return found;
}
