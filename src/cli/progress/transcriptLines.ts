import type { TranscriptEntry } from '../../core/tasks/transcript.ts';
import type { Paint } from '../terminal/palette.ts';
import { oneLine, plainText } from '../terminal/plainText.ts';
import { formatDollars, formatDuration } from '../terminal/quantities.ts';

const MARKS = { running: '▸', ok: '✓', error: '✗', denied: '✗' } as const;

/** One entry of the transcript as lines, whole: input and output of tools included. */
export function transcriptLines(entry: TranscriptEntry, paint: Paint): readonly string[] {
  const indent = entry.parentToolUseId === undefined ? '' : '    ';
  return [...linesOf(entry, paint)].map(line => indent + line);
}

function linesOf(entry: TranscriptEntry, paint: Paint): readonly string[] {
  switch (entry.kind) {
    case 'prompt':
      return ['', ...block(entry.text).map((line, index) => `${index === 0 ? paint('bold', '> ') : '  '}${line}`)];
    case 'text':
      return ['', ...block(entry.text)];
    case 'thinking':
      return block(entry.text).map(line => paint('dim', line));
    case 'tool': {
      const duration = entry.ended === undefined ? '' : `  ${paint('dim', formatDuration(entry.ended - entry.at))}`;
      const colour = entry.status === 'ok' ? 'green' : entry.status === 'running' ? 'cyan' : 'red';
      return [
        `${paint(colour, MARKS[entry.status])} ${oneLine(entry.name)} ${oneLine(entry.summary)}${duration}`,
        ...block(JSON.stringify(entry.input, undefined, 2)).map(line => paint('dim', `    ${line}`)),
        ...block(entry.output ?? '').map(line => `    ${line}`),
        ...(entry.outputTruncated === true
          ? [paint('dim', '    (The output was longer; this is what was kept.)')]
          : []),
      ];
    }
    case 'notice':
      return [entry.text, entry.remedy ?? ''].filter(Boolean).map(text => paint('yellow', oneLine(text)));
    case 'decision':
      return [paint('yellow', `Answered: ${oneLine(entry.text)}`)];
    case 'turnEnd':
      return [
        paint('dim', `— ${entry.outcome} after ${formatDuration(entry.durationMs)} · ${formatDollars(entry.costUsd)}`),
        ...block(entry.text ?? ''),
      ];
  }
}

function block(text: string): readonly string[] {
  return text === '' ? [] : plainText(text).split('\n');
}
