import type { ChainFact } from '../../core/chains/chainFact.ts';
import { stepsOf } from '../../core/chains/graph.ts';
import { describeActor } from '../../core/events/actor.ts';
import type { LogEvent } from '../../core/events/cloudEvent.ts';
import type { Colour, Paint } from '../terminal/palette.ts';
import { oneLine } from '../terminal/plainText.ts';
import { formatDollars, formatDuration } from '../terminal/quantities.ts';
import type { ProgressLine } from './eventLines.ts';
import { failureLines } from './failureText.ts';

/** The event of a chain whose type says what its data is. */
export type ChainEvent = ChainFact extends infer Fact ? (Fact extends ChainFact ? LogEvent<Fact> : never) : never;

/** Turns the events of one chain into lines for a person: at least one for each beginning and end of a step. */
export class ChainLines {
  readonly #paint: Paint;
  readonly #titles = new Map<string, string>();
  readonly #began = new Map<string, number>();

  constructor(paint: Paint) {
    this.#paint = paint;
  }

  lines(event: ChainEvent): readonly ProgressLine[] {
    const paint = this.#paint;
    const at = Date.parse(event.time);
    switch (event.type) {
      case 'claude-panel.chain.created': {
        const { command, cwd } = event.data;
        for (const step of stepsOf(command)) {
          this.#titles.set(step.id, step.title ?? step.id);
        }
        return [
          note(`${paint('bold', oneLine(command.title))}  ${paint('dim', oneLine(`${command.fullName} · ${cwd}`))}`),
        ];
      }
      case 'claude-panel.chain.stopping':
        return [attention(paint('yellow', `Stopping, asked by ${oneLine(describeActor(event.data.by))}`))];
      case 'claude-panel.chain.stepExpanded':
        return [
          note(`${paint('cyan', '▸')} ${this.#name(event.data)}  ${paint('dim', `${event.data.items.length} items`)}`),
        ];
      case 'claude-panel.chain.stepStarted': {
        const { attempt } = event.data;
        this.#began.set(keyOf(event.data), at);
        const again = attempt > 1 ? `  attempt ${attempt}` : '';
        return [note(`${paint('cyan', '▸')} ${this.#name(event.data)}${paint('dim', again)}`)];
      }
      case 'claude-panel.chain.stepTask':
        return [note(paint('dim', `  ${this.#name(event.data)}: task ${event.data.taskId}`))];
      case 'claude-panel.chain.stepChain':
        return [note(paint('dim', `  ${this.#name(event.data)}: chain ${event.data.chainId}`))];
      case 'claude-panel.chain.stepAsked':
        return [
          attention(
            paint(
              'yellow',
              `  ${this.#name(event.data)} waits for an answer: claude-panel approvals ${event.data.approvalId}`,
            ),
          ),
        ];
      case 'claude-panel.chain.stepRetrying': {
        const { attempt, nextAt, failure } = event.data;
        const wait = formatDuration(nextAt - at);
        return [
          attention(
            paint('yellow', `↻ ${this.#name(event.data)}: ${oneLine(failure.message)} Attempt ${attempt} in ${wait}.`),
          ),
        ];
      }
      case 'claude-panel.chain.stepSucceeded':
        return [note(this.#end('green', '✓', event.data, at))];
      case 'claude-panel.chain.stepFailed':
        return [
          attention(this.#end('red', '✗', event.data, at)),
          ...failureLines(event.data.failure).map(line => attention(`  ${line}`)),
        ];
      case 'claude-panel.chain.stepStopped':
        return [note(this.#end('dim', '■', event.data, at))];
      case 'claude-panel.chain.stepSkipped':
        return [note(paint('dim', `- ${this.#name(event.data)} skipped. ${oneLine(event.data.why)}`))];
      case 'claude-panel.chain.stepReset':
        return [
          attention(`${this.#name(event.data)} is run again, as ${oneLine(describeActor(event.data.by))} wants.`),
        ];
      default:
        // The end is told with the summary, and an owner by itself is nothing for a person.
        return [];
    }
  }

  #name({ stepId, item }: { readonly stepId: string; readonly item?: number }): string {
    return oneLine(`${this.#titles.get(stepId) ?? stepId}${item === undefined ? '' : ` [${item + 1}]`}`);
  }

  #end(
    colour: Colour,
    sign: string,
    data: { readonly stepId: string; readonly item?: number; readonly costUsd: number },
    at: number,
  ): string {
    const began = this.#began.get(keyOf(data));
    const parts = [
      began === undefined ? '' : formatDuration(at - began),
      data.costUsd > 0 ? formatDollars(data.costUsd) : '',
    ].filter(part => part !== '');
    return `${this.#paint(colour, `${sign} ${this.#name(data)}`)}${parts.length === 0 ? '' : this.#paint('dim', `  ${parts.join(' · ')}`)}`;
  }
}

function keyOf({ stepId, item }: { readonly stepId: string; readonly item?: number }): string {
  return `${stepId} ${item ?? ''}`;
}

function note(text: string): ProgressLine {
  return { text, attention: false };
}

function attention(text: string): ProgressLine {
  return { text, attention: true };
}
