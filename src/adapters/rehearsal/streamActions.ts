import { errorBody } from './apiError.ts';
import { fillerText, outputTokens, type Reply, replyUsage, type StreamFault } from './reply.ts';
import type { Step, Timing } from './scenarioModel.ts';

/** What to do next with the response: the whole stream of an answer is a list of these. */
export type StreamAction =
  | { readonly do: 'send'; readonly data: string | Buffer }
  | { readonly do: 'wait'; readonly ms: number }
  /** Breaks the connection. */
  | { readonly do: 'cut' }
  /** Sends nothing more and keeps the connection. */
  | { readonly do: 'hold' };

/** Bytes of equal deltas that are put into one piece, so that a burst costs few writes. */
const BURST_PIECE = 64 * 1024;
/** Nobody checks it, but Claude Code keeps it and sends it back. */
const SIGNATURE = Buffer.from('signed by the rehearsal model, which signs everything').toString('base64');

export function serverEvent(type: string, data: Record<string, unknown>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

/** The events of a streamed answer, in order, with its pauses and with the fault that breaks it off. */
export function* streamActions(reply: Reply): Generator<StreamAction, void> {
  const { fault } = reply;
  yield send('message_start', { message: startMessage(reply) });
  yield send('ping', {});
  let left = fault?.after ?? Number.POSITIVE_INFINITY;
  if (fault !== undefined && left <= 0) {
    yield* faultActions(fault, reply);
    return;
  }
  let index = 0;
  for (const step of reply.steps) {
    if (step.kind === 'delay') {
      yield { do: 'wait', ms: step.ms };
      continue;
    }
    for (const action of blockActions(step, index, reply, fault !== undefined)) {
      yield action.action;
      left -= action.isDelta ? 1 : 0;
      if (fault !== undefined && left <= 0) {
        yield* faultActions(fault, reply);
        return;
      }
    }
    index += 1;
  }
  if (fault !== undefined) {
    yield* faultActions(fault, reply);
    return;
  }
  yield send('message_delta', {
    delta: { stop_reason: reply.stop, stop_sequence: null },
    usage: replyUsage(reply, outputTokens(reply.steps)),
  });
  yield send('message_stop', {});
}

type BlockStep = Exclude<Step, { readonly kind: 'delay' }>;

interface BlockAction {
  readonly action: StreamAction;
  readonly isDelta: boolean;
}

function* blockActions(step: BlockStep, index: number, reply: Reply, oneByOne: boolean): Generator<BlockAction> {
  const { block, deltaType, deltaKey, text } = blockOf(step, reply);
  const delta = (part: string): StreamAction =>
    send('content_block_delta', { index, delta: { type: deltaType, [deltaKey]: part } });
  if (step.kind !== 'burst' && step.timing.delay > 0) {
    yield plain({ do: 'wait', ms: step.timing.delay });
  }
  yield plain(send('content_block_start', { index, content_block: block }));
  if (step.kind === 'burst') {
    yield* burstDeltas(step, delta, oneByOne);
  } else {
    yield* pacedDeltas(text, step.timing, delta);
  }
  if (step.kind === 'thinking') {
    yield plain(send('content_block_delta', { index, delta: { type: 'signature_delta', signature: SIGNATURE } }));
  }
  yield plain(send('content_block_stop', { index }));
}

interface Block {
  readonly block: Record<string, unknown>;
  readonly deltaType: string;
  readonly deltaKey: string;
  readonly text: string;
}

function blockOf(step: BlockStep, reply: Reply): Block {
  switch (step.kind) {
    case 'thinking':
      return {
        block: { type: 'thinking', thinking: '', signature: '' },
        deltaType: 'thinking_delta',
        deltaKey: 'thinking',
        text: step.text,
      };
    case 'tool':
      return {
        block: { type: 'tool_use', id: reply.newToolUseId(), name: step.name, input: {} },
        deltaType: 'input_json_delta',
        deltaKey: 'partial_json',
        text: JSON.stringify(step.input),
      };
    default:
      return {
        block: { type: 'text', text: '' },
        deltaType: 'text_delta',
        deltaKey: 'text',
        text: step.kind === 'text' ? step.text : '',
      };
  }
}

function* pacedDeltas(text: string, timing: Timing, delta: (part: string) => StreamAction): Generator<BlockAction> {
  let isFirst = true;
  for (const part of textParts(text, timing.chunk)) {
    if (!isFirst && timing.pace > 0) {
      yield plain({ do: 'wait', ms: timing.pace });
    }
    isFirst = false;
    yield { action: delta(part), isDelta: true };
  }
}

function* burstDeltas(
  burst: { readonly total: number; readonly size: number },
  delta: (part: string) => StreamAction,
  oneByOne: boolean,
): Generator<BlockAction> {
  const whole = Math.floor(burst.total / burst.size);
  const rest = burst.total % burst.size;
  const one = toBuffer(delta(fillerText(burst.size)));
  const perPiece = oneByOne ? 1 : Math.max(1, Math.floor(BURST_PIECE / one.length));
  const piece = Buffer.concat(Array.from({ length: Math.min(perPiece, whole) }, () => one));
  let left = whole;
  for (; left >= perPiece; left -= perPiece) {
    yield { action: { do: 'send', data: piece }, isDelta: true };
  }
  if (left > 0) {
    yield { action: { do: 'send', data: piece.subarray(0, left * one.length) }, isDelta: true };
  }
  if (rest > 0) {
    yield { action: delta(fillerText(rest)), isDelta: true };
  }
}

/** Cuts text into parts of about the same length, never inside a surrogate pair. */
export function* textParts(text: string, length: number): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) {
      end += 1;
    }
    yield text.slice(start, end);
    start = end;
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function* faultActions(fault: StreamFault, reply: Reply): Generator<StreamAction> {
  switch (fault.kind) {
    case 'cut':
      yield { do: 'cut' };
      break;
    case 'stall':
      yield { do: 'hold' };
      break;
    case 'malformed':
      yield { do: 'send', data: 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"del\n\n' };
      break;
    case 'streamError':
      yield { do: 'send', data: `event: error\ndata: ${errorBody(fault.error, reply.messageId)}\n\n` };
      break;
  }
}

/** The beginning of an answer, or the whole of it when the content and its usage are given. */
export function startMessage(reply: Reply): Record<string, unknown> {
  return {
    id: reply.messageId,
    type: 'message',
    role: 'assistant',
    model: reply.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: replyUsage(reply, 1),
  };
}

function send(type: string, data: Record<string, unknown>): StreamAction {
  return { do: 'send', data: serverEvent(type, data) };
}

function plain(action: StreamAction): BlockAction {
  return { action, isDelta: false };
}

function toBuffer(action: StreamAction): Buffer {
  return Buffer.from(action.do === 'send' ? action.data : '');
}
