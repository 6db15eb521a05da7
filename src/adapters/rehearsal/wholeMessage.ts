import { fillerText, outputTokens, type Reply, replyUsage } from './reply.ts';
import type { Step } from './scenarioModel.ts';
import { startMessage } from './streamActions.ts';

/** The answer to a request that does not stream, in one piece. */
export function wholeMessage(reply: Reply): Record<string, unknown> {
  return {
    ...startMessage(reply),
    content: reply.steps.flatMap(step => contentBlock(step, reply) ?? []),
    stop_reason: reply.stop,
    usage: replyUsage(reply, outputTokens(reply.steps)),
  };
}

/** Milliseconds that a streamed answer would pause for before its blocks. */
export function wholeMessageDelay(reply: Reply): number {
  return reply.steps.reduce((sum, step) => sum + delayOf(step), 0);
}

function delayOf(step: Step): number {
  if (step.kind === 'delay') {
    return step.ms;
  }
  return step.kind === 'burst' ? 0 : step.timing.delay;
}

function contentBlock(step: Step, reply: Reply): Record<string, unknown> | undefined {
  switch (step.kind) {
    case 'text':
      return { type: 'text', text: step.text };
    case 'thinking':
      return { type: 'thinking', thinking: step.text, signature: '' };
    case 'tool':
      return { type: 'tool_use', id: reply.newToolUseId(), name: step.name, input: step.input };
    case 'burst':
      return { type: 'text', text: fillerText(step.total) };
    case 'delay':
      return undefined;
  }
}
