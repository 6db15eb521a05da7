import { approvalIdOf } from '../core/approvals/approvalReducer.ts';
import { isChainFact } from '../core/chains/chainFact.ts';
import type { LogEvent } from '../core/events/cloudEvent.ts';
import type { LogFact } from '../core/tasks/logFact.ts';
import { isApprovalFact, type PlacedEntry } from '../core/tasks/logWriter.ts';
import type { Commit } from '../core/tasks/panelLog.ts';
import type { TaskLogFact } from '../core/tasks/taskFact.ts';
import { transcriptChange } from '../core/tasks/transcript.ts';
import type { ApprovalRepository } from './approvalRepository.ts';
import type { ChainRepository } from './chainRepository.ts';
import type { EventRepository } from './eventRepository.ts';
import type { TaskRepository } from './taskRepository.ts';
import type { TranscriptRepository } from './transcriptRepository.ts';

interface Repositories {
  readonly events: EventRepository;
  readonly tasks: TaskRepository;
  readonly transcript: TranscriptRepository;
  readonly approvals: ApprovalRepository;
  readonly chains: ChainRepository;
}

/** Events that another process wrote, with the rows as they are now. To be read in one transaction. */
export function readForeignCommit(repositories: Repositories, after: number, limit: number): Commit {
  const events = repositories.events.after(after, limit);
  const chains = new Set(events.filter(isChainFact).map(event => event.subject));
  const subjects = new Set(events.map(event => event.subject));
  const approvals = new Set(events.flatMap(event => approvalOf(event) ?? []));
  return {
    events,
    tasks: [...subjects].flatMap(id => repositories.tasks.get(id) ?? []),
    approvals: [...approvals].flatMap(id => repositories.approvals.get(id) ?? []),
    chains: [...chains].flatMap(id => repositories.chains.get(id) ?? []),
    transcript: changedEntries(repositories.transcript, events),
  };
}

function changedEntries(repository: TranscriptRepository, events: Commit['events']): Commit['transcript'] {
  const tasks = new Map<string, Map<number, PlacedEntry>>();
  for (const event of events) {
    for (const placed of entriesOf(repository, event)) {
      const places = tasks.get(event.subject) ?? new Map<number, PlacedEntry>();
      tasks.set(event.subject, places.set(placed.index, placed));
    }
  }
  return [...tasks].flatMap(([taskId, places]) =>
    [...places.values()].sort((one, other) => one.index - other.index).map(placed => ({ taskId, ...placed })),
  );
}

function entriesOf(repository: TranscriptRepository, event: LogEvent<LogFact>): readonly PlacedEntry[] {
  const change = tolerant(() => transcriptChange(factOf(event), event.id, Date.parse(event.time)));
  switch (change?.kind) {
    case undefined:
      return [];
    case 'add':
      return placedOrNothing(repository.find(event.subject, change.entry.id));
    case 'endTool':
      return placedOrNothing(repository.find(event.subject, change.id));
    case 'closeOpenTools':
      return repository.closedBy(event.subject, event.seq);
  }
}

function placedOrNothing(placed: PlacedEntry | undefined): readonly PlacedEntry[] {
  return placed === undefined ? [] : [placed];
}

function approvalOf(event: LogEvent<LogFact>): string | undefined {
  const fact = factOf(event);
  return isApprovalFact(fact) ? tolerant(() => approvalIdOf(fact)) : undefined;
}

function factOf(event: LogEvent<LogFact>): TaskLogFact {
  return { type: event.type, data: event.data } as TaskLogFact;
}

/** Another version, or another program, may have written data of another shape: such an event is passed on without its rows. */
function tolerant<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
