import type { TaskEvent } from '../../app/following/followLog.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Task } from '../../core/tasks/task.ts';
import { EventLines } from '../progress/eventLines.ts';
import { LiveText } from '../progress/liveText.ts';
import { colourOf } from '../progress/stateWords.ts';
import { endDetail, summaryLine } from '../progress/summaryLine.ts';
import { oneLine } from '../terminal/plainText.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Shows one task while it goes on: as text, or with `json` as its events and only what needs attention as text. */
export class TaskScreen implements Disposable {
  readonly #terminal: Terminal;
  readonly #json: boolean;
  readonly #lines: EventLines;
  readonly #live: LiveText | undefined;
  readonly #disposables = new DisposableStore();

  constructor(parts: {
    readonly terminal: Terminal;
    readonly json: boolean;
    readonly panel: Pick<PanelServices, 'onLive'>;
    readonly taskId: string;
  }) {
    const { terminal, json, panel, taskId } = parts;
    this.#terminal = terminal;
    this.#json = json;
    // Text is shown while it is written only where it can be corrected: on a screen.
    const live = !json && terminal.outputIsTerminal ? new LiveText(text => terminal.write(text)) : undefined;
    this.#live = live;
    this.#lines = new EventLines(json ? terminal.paintError : terminal.paint, (messageId, text) =>
      live === undefined ? true : live.finish(messageId, text),
    );
    if (live !== undefined) {
      this.#disposables.add(
        panel.onLive(update => {
          if (update.taskId === taskId) {
            live.update(update);
          }
        }),
      );
    }
  }

  show(event: TaskEvent): void {
    if (this.#json) {
      this.#terminal.line(JSON.stringify(event));
    }
    const lines = this.#lines.lines(event);
    if (lines.length > 0) {
      this.#live?.endLine();
    }
    for (const { text, attention } of lines) {
      if (!this.#json) {
        this.#terminal.line(text);
      } else if (attention) {
        this.#terminal.say(text);
      }
    }
  }

  /** The last words about a task that is not followed any more. */
  end(task: Task): void {
    this.#live?.endLine();
    const paint = this.#json ? this.#terminal.paintError : this.#terminal.paint;
    const write = (text: string): void => (this.#json ? this.#terminal.say(text) : this.#terminal.line(text));
    write(`${paint(colourOf(task.status.state), summaryLine(task))} ${paint('dim', `task ${task.id}`)}`);
    for (const line of endDetail(task)) {
      write(oneLine(line));
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
