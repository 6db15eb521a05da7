import type { JsonValue } from '../../../base/json.ts';
import type { ClaudeEvent } from '../claudeEvents.ts';
import { asNumber, asRaw, asText, type Raw } from './rawFields.ts';
import { readUsage } from './tokenUsage.ts';
import type { UsageLedger } from './usageLedger.ts';

type RawStreamEvent = Raw<'type' | 'index' | 'delta' | 'content_block' | 'message' | 'usage'>;
type RawDelta = Raw<'type' | 'text' | 'thinking' | 'partial_json'>;

interface OpenTool {
  readonly toolUseId: string;
  readonly name: string;
}

interface OpenMessage {
  readonly id: string;
  readonly model: string;
  readonly tools: Map<number, OpenTool>;
  /** Something was shown of it. */
  shown: boolean;
  /** A whole block of it was delivered. */
  delivered: boolean;
  /** Its regular end was announced. */
  complete: boolean;
}

const NONE: readonly ClaudeEvent[] = [];

/** The answer of the model while it is being written. Only the main thread streams, so one message is open at a time. */
export class StreamTranslation {
  readonly #usage: UsageLedger;
  #open: OpenMessage | undefined;

  constructor(usage: UsageLedger) {
    this.#usage = usage;
  }

  translate(value: JsonValue | undefined): readonly ClaudeEvent[] {
    const event = asRaw(value) as RawStreamEvent | undefined;
    switch (event?.type) {
      case 'content_block_delta':
        return this.#delta(event);
      case 'content_block_start':
        return this.#blockStart(event);
      case 'message_start':
        return this.#start(event);
      case 'message_delta':
        return this.#end(event);
      case 'message_stop':
        return this.#stop();
      default:
        return NONE;
    }
  }

  /** A whole block of this message has come, so it stands whatever becomes of its deltas. */
  markDelivered(messageId: string): void {
    if (this.#open?.id === messageId) {
      this.#open.delivered = true;
    }
  }

  /** The turn is over: what is still open will not be finished. */
  close(): readonly ClaudeEvent[] {
    const open = this.#open;
    this.#open = undefined;
    return open?.shown === true && !(open.complete && open.delivered)
      ? [{ type: 'messageDiscarded', messageId: open.id }]
      : NONE;
  }

  #start(event: RawStreamEvent): readonly ClaudeEvent[] {
    const discarded = this.close();
    const message: Raw<'id' | 'model' | 'usage'> = asRaw(event.message) ?? {};
    const id = asText(message.id);
    if (id === undefined) {
      return discarded;
    }
    const model = asText(message.model) ?? '';
    this.#open = { id, model, tools: new Map(), shown: false, delivered: false, complete: false };
    const usage = this.#usage.report(id, model, readUsage(message.usage), false, undefined);
    return usage === undefined ? discarded : [...discarded, usage];
  }

  #blockStart(event: RawStreamEvent): readonly ClaudeEvent[] {
    const open = this.#open;
    const block: Raw<'type' | 'id' | 'name'> = asRaw(event.content_block) ?? {};
    const blockIndex = asNumber(event.index);
    const toolUseId = asText(block.id);
    const name = asText(block.name);
    if (open === undefined || blockIndex === undefined || toolUseId === undefined || name === undefined) {
      return NONE;
    }
    open.tools.set(blockIndex, { toolUseId, name });
    open.shown = true;
    return [{ type: 'toolInputDelta', messageId: open.id, blockIndex, toolUseId, name, json: '' }];
  }

  #delta(event: RawStreamEvent): readonly ClaudeEvent[] {
    const open = this.#open;
    const delta = asRaw(event.delta) as RawDelta | undefined;
    const blockIndex = event.index;
    if (open === undefined || delta === undefined || typeof blockIndex !== 'number') {
      return NONE;
    }
    open.shown = true;
    const messageId = open.id;
    switch (delta.type) {
      case 'text_delta':
        return typeof delta.text === 'string' ? [{ type: 'textDelta', messageId, blockIndex, text: delta.text }] : NONE;
      case 'thinking_delta':
        return typeof delta.thinking === 'string'
          ? [{ type: 'thinkingDelta', messageId, blockIndex, text: delta.thinking }]
          : NONE;
      case 'input_json_delta': {
        const tool = open.tools.get(blockIndex);
        return tool !== undefined && typeof delta.partial_json === 'string'
          ? [{ type: 'toolInputDelta', messageId, blockIndex, ...tool, json: delta.partial_json }]
          : NONE;
      }
      default:
        return NONE;
    }
  }

  #end(event: RawStreamEvent): readonly ClaudeEvent[] {
    const open = this.#open;
    if (open === undefined) {
      return NONE;
    }
    open.complete = true;
    const usage = readUsage(event.usage, this.#usage.usageOf(open.id));
    const reported = this.#usage.report(open.id, open.model, usage, true, undefined);
    return reported === undefined ? NONE : [reported];
  }

  /** A cut stream is closed by Claude Code itself: without the announcement of the end, or without any whole block. */
  #stop(): readonly ClaudeEvent[] {
    return this.close();
  }
}
