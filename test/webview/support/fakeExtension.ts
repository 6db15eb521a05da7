import type { ApprovalCard } from '../../../src/protocol/approvalView.ts';
import type { ChainDetail, ChainSummary } from '../../../src/protocol/chainView.ts';
import type { PanelFacts } from '../../../src/protocol/panelView.ts';
import type { TaskDetail, TaskSummary } from '../../../src/protocol/taskView.ts';
import { type ToExtension, toExtensionSchema } from '../../../src/protocol/toExtension.ts';
import { type Change, PROTOCOL_VERSION, type ToWebview } from '../../../src/protocol/toWebview.ts';
import type { TranscriptItem } from '../../../src/protocol/transcriptView.ts';
import { facts } from './samples.ts';

type Message<Type extends ToExtension['type']> = Extract<ToExtension, { type: Type }>;

/** Plays the extension: answers what the view asks, and keeps everything that it said. */
export class FakeExtension {
  readonly received: ToExtension[] = [];
  /** Messages that the real extension would refuse. */
  readonly malformed: unknown[] = [];
  tasks: TaskSummary[] = [];
  approvals: ApprovalCard[] = [];
  chains: ChainSummary[] = [];
  readonly chainDetails = new Map<string, ChainDetail>();
  facts: PanelFacts = facts();
  readonly details = new Map<string, TaskDetail>();
  /** Items by task id, or by `task id/thread`. */
  readonly transcripts = new Map<string, TranscriptItem[]>();
  /** The extension's clock in the snapshot. */
  now: number | undefined;
  sequence = 7;
  surface: 'sidebar' | 'editor' = 'sidebar';
  /** What a request is answered with; by default success. */
  onRequest: (message: ToExtension) => Partial<Extract<ToWebview, { type: 'reply' }>> | undefined = () => ({});
  #send: (message: unknown) => Promise<void> = () => Promise.resolve();

  attach(send: (message: unknown) => Promise<void>): void {
    this.#send = send;
  }

  /** Sends anything at all, also what no extension would. */
  send(message: unknown): Promise<void> {
    return this.#send(message);
  }

  change(...changes: Change[]): Promise<void> {
    this.sequence += 1;
    return this.#send({ type: 'changes', sequence: this.sequence, changes } satisfies ToWebview);
  }

  async append(taskId: string, ...items: TranscriptItem[]): Promise<void> {
    const all = this.transcripts.get(taskId) ?? [];
    const from = all.length;
    all.push(...items);
    this.transcripts.set(taskId, all);
    await this.#send({
      type: 'transcriptChanged',
      taskId,
      total: all.length,
      items: items.map((item, place) => ({ index: from + place, item })),
    } satisfies ToWebview);
  }

  sent<Type extends ToExtension['type']>(type: Type): Message<Type>[] {
    return this.received.filter((message): message is Message<Type> => message.type === type);
  }

  async receive(data: unknown): Promise<void> {
    if (data === null) {
      // Only asked whether everything before it has come.
      return;
    }
    const read = toExtensionSchema.safeParse(data);
    if (!read.success) {
      this.malformed.push(data);
      return;
    }
    const message = read.data;
    this.received.push(message);
    switch (message.type) {
      case 'ready':
      case 'resync':
        return this.snapshot();
      case 'openTask': {
        const detail = this.details.get(message.taskId ?? '');
        return detail === undefined ? undefined : this.#send({ type: 'detail', detail } satisfies ToWebview);
      }
      case 'openChain':
        return this.chainDetail(message);
      case 'getTranscript':
        return this.#page(message);
      default:
        return 'requestId' in message ? this.#reply(message) : undefined;
    }
  }

  snapshot(): Promise<void> {
    return this.#send({
      type: 'snapshot',
      protocol: PROTOCOL_VERSION,
      surface: this.surface,
      sequence: this.sequence,
      tasks: this.tasks,
      approvals: this.approvals,
      chains: this.chains,
      facts: this.facts,
      ...(this.now === undefined ? {} : { now: this.now }),
    } satisfies ToWebview);
  }

  /** Tells the open chain, with its chosen step, as the extension does. */
  async chainDetail({
    chainId = '',
    stepId,
  }: {
    readonly chainId?: string | undefined;
    readonly stepId?: string | undefined;
  }): Promise<void> {
    const known = this.chainDetails.get(chainId);
    if (known !== undefined) {
      const { chosen, ...detail } = known;
      await this.#send({
        type: 'chainDetail',
        detail: chosen !== undefined && chosen.stepId === stepId ? { ...detail, chosen } : detail,
      } satisfies ToWebview);
    }
  }

  #page({ taskId, thread, from, count }: Message<'getTranscript'>): Promise<void> {
    const items = this.transcripts.get(thread === undefined ? taskId : `${taskId}/${thread}`) ?? [];
    return this.#send({
      type: 'transcriptPage',
      taskId,
      ...(thread === undefined ? {} : { thread }),
      from,
      total: items.length,
      items: items.slice(from, from + count),
    } satisfies ToWebview);
  }

  async #reply(message: Extract<ToExtension, { requestId: string }>): Promise<void> {
    const answer = this.onRequest(message);
    if (answer !== undefined) {
      await this.#send({ type: 'reply', requestId: message.requestId, ...answer } satisfies ToWebview);
    }
  }
}
