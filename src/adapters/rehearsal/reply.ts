import type { Fault, Step, StopReason, UsageOverride } from './scenarioModel.ts';
import { type InputUsage, tokensOf, usageBody } from './usage.ts';

/** One answer of the model, ready to be sent. */
export interface Reply {
  readonly messageId: string;
  readonly model: string;
  readonly steps: readonly Step[];
  readonly stop: StopReason;
  readonly input: InputUsage;
  readonly usage: UsageOverride;
  /** Makes the ids of its tool calls. */
  readonly newToolUseId: () => string;
  /** What goes wrong in the middle of it. */
  readonly fault: StreamFault | undefined;
}

export type StreamFault = Extract<Fault, { readonly after: number }>;

export function isStreamFault(fault: Fault): fault is StreamFault {
  return 'after' in fault;
}

export function replyUsage(reply: Reply, outputTokens: number): Record<string, unknown> {
  return usageBody(reply.input, outputTokens, reply.usage);
}

export function outputTokens(steps: readonly Step[]): number {
  return tokensOf(steps.reduce((sum, step) => sum + stepCharacters(step), 0));
}

function stepCharacters(step: Step): number {
  switch (step.kind) {
    case 'text':
    case 'thinking':
      return step.text.length;
    case 'tool':
      return step.name.length + JSON.stringify(step.input).length;
    case 'burst':
      return step.total;
    case 'delay':
      return 0;
  }
}

const FILLER = 'The rehearsal model writes this line to fill the space that was asked for.\n';

/** Plain text of exactly this many bytes. */
export function fillerText(bytes: number): string {
  return FILLER.repeat(Math.ceil(bytes / FILLER.length)).slice(0, bytes);
}
