import type { TaskFact } from '../../core/tasks/taskFact.ts';
import type { Paint } from '../terminal/palette.ts';
import { oneLine, plainText } from '../terminal/plainText.ts';
import { formatDuration } from '../terminal/quantities.ts';
import { fitText } from '../terminal/textWidth.ts';

type Data<Type extends TaskFact['type']> = Extract<TaskFact, { readonly type: Type }>['data'];

/** Tool calls as lines: one when a call begins, one with its duration when it ends. */
export class ToolLines {
  readonly #paint: Paint;
  readonly #running = new Map<string, { readonly summary: string; readonly started: number }>();

  constructor(paint: Paint) {
    this.#paint = paint;
  }

  started(data: Data<'claude-panel.task.toolStarted'>, at: number): readonly string[] {
    const { toolUseId, name, summary, parentToolUseId } = data;
    const words = summary.startsWith(name) || name.startsWith('mcp__') ? summary : `${name} ${summary}`;
    this.#running.set(toolUseId, { summary: words, started: at });
    return [`${parentToolUseId === undefined ? '' : '    '}${this.#paint('cyan', '▸')} ${oneLine(words)}`];
  }

  ended(data: Data<'claude-panel.task.toolEnded'>, at: number): readonly string[] {
    const tool = this.#running.get(data.toolUseId);
    this.#running.delete(data.toolUseId);
    const duration = tool === undefined ? '' : `  ${this.#paint('dim', formatDuration(at - tool.started))}`;
    const summary = oneLine(tool?.summary ?? data.toolUseId);
    const { change } = data;
    const changed =
      change === undefined
        ? ''
        : `  ${this.#paint('green', `+${change.added}`)} ${this.#paint('red', `-${change.removed}`)}`;
    if (data.outcome === 'ok') {
      return [`${this.#paint('green', '✓')} ${summary}${changed}${duration}`];
    }
    const words = data.outcome === 'denied' ? 'denied' : 'failed';
    return [
      `${this.#paint('red', '✗')} ${summary}  ${this.#paint('red', words)}${duration}`,
      ...(data.outcome === 'error' ? firstLines(data.output).map(line => `    ${line}`) : []),
    ];
  }
}

/** The transcript has all of it. */
const MOST_ERROR_LINES = 5;
const LONGEST_ERROR_LINE = 160;

function firstLines(output: string): readonly string[] {
  const lines = plainText(output.trim())
    .split('\n')
    .map(line => fitText(line, LONGEST_ERROR_LINE));
  const hidden = lines.length - MOST_ERROR_LINES;
  return hidden > 0 ? [...lines.slice(0, MOST_ERROR_LINES), `… ${hidden} more lines`] : lines;
}
