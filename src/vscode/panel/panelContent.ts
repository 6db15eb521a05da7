import type { PanelServices } from '../../app/panelServices.ts';
import type { Change, ToWebview } from '../../protocol/toWebview.ts';
import type { ApprovalCards } from '../approvalCards.ts';
import type { PanelFactsSource } from '../panelFactsSource.ts';
import { presentDetail } from '../presenters/taskDetail.ts';
import { presentTask } from '../presenters/taskSummary.ts';
import type { ChainFeed } from './chainFeed.ts';
import type { OpenTranscript } from './openTranscript.ts';
import type { Pending } from './outbox.ts';

/** Older ones are fetched when the list is scrolled to its end. */
const NEWEST_TASKS = 200;

type Snapshot = Extract<ToWebview, { type: 'snapshot' }>;

export interface ContentParts {
  /** Absent before the services were made, and in a folder that is not trusted. */
  readonly services: PanelServices | undefined;
  readonly facts: PanelFactsSource;
  readonly cards: ApprovalCards;
  readonly chains: ChainFeed;
}

/** The whole list, as it is at this moment, and when the oldest task of it was created. */
export async function panelSnapshot({
  services,
  facts,
  cards,
  chains,
}: ContentParts): Promise<
  Pick<Snapshot, 'tasks' | 'approvals' | 'chains' | 'facts'> & { readonly oldest: number | undefined }
> {
  const newest = services?.log.tasks.list({ limit: NEWEST_TASKS }) ?? [];
  const known = new Set(newest.map(task => task.id));
  const unfinished = (services?.log.tasks.unfinished() ?? []).filter(task => !known.has(task.id));
  const tasks = [...newest, ...unfinished].map(task => presentTask(task, hostIdOf(services)));
  const oldest = newest.at(-1)?.created;
  const approvals = await Promise.all((services?.log.approvals.pending() ?? []).map(approval => cards.card(approval)));
  return { tasks, approvals, chains: chains.snapshot(), facts: facts.current(olderThan(oldest, services)), oldest };
}

/** What one frame changes in the list. `oldest` is the creation time of the oldest task that the list holds. */
export async function listChanges(
  pending: Pending,
  { services, facts, cards, chains }: ContentParts,
  oldest: number | undefined,
): Promise<Change[]> {
  const changes: Change[] = pending.tasks.map(task => ({ kind: 'task', task: presentTask(task, hostIdOf(services)) }));
  for (const approval of pending.approvals) {
    changes.push({ kind: 'approval', approval: await cards.card(approval) });
  }
  changes.push(...pending.removedApprovals.map(approvalId => ({ kind: 'approvalRemoved', approvalId }) as const));
  changes.push(...chains.changes(pending));
  if (pending.facts) {
    changes.push({ kind: 'facts', facts: facts.current(olderThan(oldest, services)) });
  }
  return changes;
}

/**
 * What one frame changes in the open task. Text being written comes before the item that replaces it; all that is being
 * written comes after the items, none of which it holds any more.
 */
export function openTaskMessages(
  pending: Pending,
  open: OpenTranscript,
  services: PanelServices | undefined,
): readonly ToWebview[] {
  const { live, liveIsWhole, discarded, transcript, detail } = pending;
  const messages: ToWebview[] = [];
  if (!liveIsWhole && live.length + discarded.length > 0) {
    messages.push({ type: 'live', taskId: open.taskId, parts: [...live], discarded: [...discarded] });
  }
  if (transcript.size > 0) {
    messages.push(...open.changed(transcript));
  }
  if (liveIsWhole) {
    messages.push({ type: 'live', taskId: open.taskId, parts: [...live], whole: true, discarded: [] });
  }
  const task = detail ? services?.log.tasks.get(open.taskId) : undefined;
  if (task !== undefined) {
    messages.push({ type: 'detail', detail: presentDetail(task, open.tools()) });
  }
  return messages;
}

function olderThan(time: number | undefined, services: PanelServices | undefined): number {
  return time === undefined ? 0 : (services?.log.tasks.count({ before: time }) ?? 0);
}

function hostIdOf(services: PanelServices | undefined): string | undefined {
  return services?.actor('panel').hostId;
}
