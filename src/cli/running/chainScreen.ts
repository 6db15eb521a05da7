import type { TaskEvent } from '../../app/following/followLog.ts';
import { isChainFact } from '../../core/chains/chainFact.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import type { LogEvent } from '../../core/events/cloudEvent.ts';
import type { LogFact } from '../../core/tasks/logFact.ts';
import { type ChainEvent, ChainLines } from '../progress/chainLines.ts';
import { chainResult } from '../progress/chainResult.ts';
import { chainColour, chainSummary } from '../progress/chainSummary.ts';
import { EventLines } from '../progress/eventLines.ts';
import { failureLines } from '../progress/failureText.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Shows one chain while it goes on: a line for each step's beginning and end, or with `json` all of its events. */
export class ChainScreen {
  readonly #terminal: Terminal;
  readonly #json: boolean;
  readonly #chains = new Map<string, ChainLines>();
  readonly #tasks = new Map<string, EventLines>();

  constructor(parts: { readonly terminal: Terminal; readonly json: boolean }) {
    this.#terminal = parts.terminal;
    this.#json = parts.json;
  }

  show(event: LogEvent<LogFact>): void {
    if (this.#json) {
      this.#terminal.line(JSON.stringify(event));
    }
    const paint = this.#json ? this.#terminal.paintError : this.#terminal.paint;
    const isChain = isChainFact(event);
    const lines = isChain
      ? known(this.#chains, event.subject, () => new ChainLines(paint)).lines(event as ChainEvent)
      : known(this.#tasks, event.subject, () => new EventLines(paint)).lines(event as TaskEvent);
    // Of the tasks only what a person should know now: the rest is in their own transcripts.
    for (const { text, attention } of lines.filter(line => isChain || line.attention)) {
      if (!this.#json) {
        this.#terminal.line(isChain ? text : `  ${text}`);
      } else if (attention) {
        this.#terminal.say(text);
      }
    }
  }

  /** The last words about a chain that is not followed any more. */
  end(run: ChainRun): void {
    const paint = this.#json ? this.#terminal.paintError : this.#terminal.paint;
    for (const line of this.#json ? [] : chainResult(run)) {
      this.#terminal.line(line);
    }
    const write = (text: string): void => (this.#json ? this.#terminal.say(text) : this.#terminal.line(text));
    write(`${paint(chainColour(run), chainSummary(run))} ${paint('dim', `chain ${run.id}`)}`);
    for (const line of run.status.state === 'failed' ? failureLines(run.status.failure) : []) {
      write(line);
    }
  }
}

function known<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
