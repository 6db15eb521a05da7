import { dataBlock } from '../../base/dataBlock.ts';

/** What a person wrote about lines of a change. Lines count from 1. */
export interface ReviewComment {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** The lines that it is about, as they are. */
  readonly code: string;
  readonly text: string;
}

const MOST_CODE_LINES = 20;

/** One message to the task with all comments. Code and paths are quoted as data; only the comments are the person's words. */
export function commentMessage(comments: readonly ReviewComment[]): string {
  const parts = comments.map(({ path, startLine, endLine, code, text }) => {
    const where = startLine === endLine ? `line ${startLine}` : `lines ${startLine}–${endLine}`;
    const lines = code.split('\n');
    const shown = lines.slice(0, MOST_CODE_LINES);
    const quoted = [...shown, ...(lines.length > shown.length ? ['…'] : [])].join('\n');
    return `${dataBlock(`${JSON.stringify(path)}, ${where}`, quoted)}${text.trim()}`;
  });
  const intro =
    comments.length === 1
      ? 'I reviewed your changes and have a comment. Please address it.'
      : `I reviewed your changes and have ${comments.length} comments. Please address each of them.`;
  return [intro, ...parts].join('\n\n');
}
