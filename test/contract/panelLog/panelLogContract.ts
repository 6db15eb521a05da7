import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/base/clock.ts';
import { newUuid } from '../../../src/base/ids.ts';
import { localDay } from '../../../src/core/tasks/localDay.ts';
import type { Commit, PanelLog } from '../../../src/core/tasks/panelLog.ts';
import type { Task } from '../../../src/core/tasks/task.ts';
import type { TaskLogFact } from '../../../src/core/tasks/taskFact.ts';
import { reduceTask } from '../../../src/core/tasks/taskReducer.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import {
  ada,
  answered,
  approval,
  archived,
  cost,
  created,
  requested,
  starting,
  stopped,
  succeeded,
  text,
  toolEnded,
  toolStarted,
  turnStarted,
} from './sampleFacts.ts';

export interface LogUnderTest {
  readonly log: PanelLog;
  dispose(): void;
}

export interface LogOptions {
  readonly source: string;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Ten seconds before midnight where the test runs. */
const START = new Date(2026, 10, 21, 23, 59, 50).getTime();

/** What every engine behind the port `PanelLog` does. */
export function panelLogContract(engine: string, open: (options: LogOptions) => LogUnderTest): void {
  describe(`the log in ${engine}`, () => {
    let clock: ManualClock;
    let log: PanelLog;
    let opened: LogUnderTest;

    beforeEach(() => {
      clock = new ManualClock(START);
      opened = open({ source: '/claude-panel/test/1', clock, newId: newUuid });
      log = opened.log;
    });

    afterEach(() => opened.dispose());

    const add = (subject: string, ...facts: TaskLogFact[]): Commit => log.append([{ subject, facts }]);
    const entriesOf = (id: string) => log.tasks.transcript(id, { from: 0, count: 1000 }).entries;

    describe('events', () => {
      it('gives all events of a task one trace of its own, also those of later commits', () => {
        const [one, other] = [newUuid(), newUuid()];
        add('task-1', created({ promptId: one }), starting());
        add('task-2', created({ promptId: other }));
        add('task-1', turnStarted);
        const traces = (subject: string) => [
          ...new Set(log.events({ after: 0, limit: 100, subject }).map(({ traceparent }) => traceparent)),
        ];
        expect(traces('task-1')).toEqual([expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)]);
        expect(traces('task-1')[0]).toContain(one.replaceAll('-', ''));
        expect(traces('task-2')[0]).toContain(other.replaceAll('-', ''));
      });

      it('numbers events from 1 without gaps, across commits and subjects', () => {
        add('task-1', created(), starting());
        log.append([
          { subject: 'task-2', facts: [created({ promptId: 'prompt-2' })] },
          { subject: 'task-1', facts: [turnStarted] },
        ]);
        expect(log.events({ after: 0, limit: 100 }).map(({ seq, subject }) => [seq, subject])).toEqual([
          [1, 'task-1'],
          [2, 'task-1'],
          [3, 'task-2'],
          [4, 'task-1'],
        ]);
        expect(log.lastSequence()).toBe(4);
      });

      it('wraps each fact as a CloudEvent with a fresh id, its source and the time of the commit', () => {
        const [event] = add('task-1', created()).events;
        expect(event).toEqual({
          specversion: '1.0',
          id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
          source: '/claude-panel/test/1',
          type: 'claude-panel.task.created',
          subject: 'task-1',
          time: new Date(START).toISOString(),
          datacontenttype: 'application/json',
          data: created().data,
          seq: 1,
        });
        expect(log.events({ after: 0, limit: 1 })).toEqual([event]);
      });

      it('reads events after a position, of one subject, up to a limit', () => {
        add('task-1', created(), starting(), turnStarted);
        add('task-2', created({ promptId: 'prompt-2' }));
        add('task-1', text('one'), text('two'));
        const found = log.events({ after: 1, limit: 3, subject: 'task-1' });
        expect(found.map(event => event.seq)).toEqual([2, 3, 5]);
        expect(log.events({ after: 6, limit: 10 })).toEqual([]);
        expect(log.lastSequence()).toBe(6);
      });

      it('starts empty', () => {
        expect(log.lastSequence()).toBe(0);
        expect(log.events({ after: 0, limit: 10 })).toEqual([]);
        expect(log.tasks.list()).toEqual([]);
        expect(log.tasks.get('task-1')).toBeUndefined();
        expect(log.tasks.transcript('task-1', { from: 0, count: 10 })).toEqual({ total: 0, entries: [] });
      });

      it('keeps text of every kind byte for byte', () => {
        const words = 'nul \u0000, emoji 👩‍🚀, lone \ud800 surrogate, line\u2028separator, "quotes" \\ and \r\n';
        add('task-1', created({ prompt: words, title: words }), text(words));
        expect(log.tasks.get('task-1')?.prompt).toBe(words);
        expect(log.tasks.get('task-1')?.title).toBe(words);
        expect(log.events({ after: 1, limit: 1 })[0]?.data).toEqual(text(words).data);
        expect(entriesOf('task-1').at(-1)).toMatchObject({ text: words });
      });

      it('does nothing for an empty append', () => {
        const heard: Commit[] = [];
        log.onDidCommit(commit => heard.push(commit));
        expect(log.append([])).toEqual({ events: [], tasks: [], approvals: [], chains: [], transcript: [] });
        expect(log.append([{ subject: 'task-1', facts: [] }]).events).toEqual([]);
        expect(heard).toEqual([]);
      });

      it('takes back everything when one fact of a commit cannot be written', () => {
        add('task-1', created(), toolStarted('tool-1'));
        const before = { task: log.tasks.get('task-1'), entries: entriesOf('task-1') };
        const broken = { type: 'claude-panel.task.text', data: { messageId: 'm', text: 1n } } as unknown as TaskLogFact;
        const breaking = { type: 'claude-panel.task.toolEnded', data: null } as unknown as TaskLogFact;
        expect(() => add('task-1', text('lost'), toolEnded('tool-1'), cost(1), succeeded, broken, breaking)).toThrow();
        expect(log.lastSequence()).toBe(2);
        expect(log.tasks.get('task-1')).toEqual(before.task);
        expect(entriesOf('task-1')).toEqual(before.entries);
        expect(log.tasks.costSince(0)).toBe(0);
        expect(add('task-1', text('next')).events[0]?.seq).toBe(3);
        expect(entriesOf('task-1')).toHaveLength(3);
      });
    });

    describe('tasks', () => {
      it('keeps a task as the reducer makes it, also after facts that change nothing', () => {
        add('task-1', created(), starting());
        clock.advance(500);
        const commit = add('task-1', turnStarted, cost(0.25), succeeded);
        add('task-1', created({ title: 'another' }), starting('host-2'));
        const task = log.tasks.get('task-1');
        expect(task).toMatchObject({
          id: 'task-1',
          title: 'Add a health endpoint',
          costUsd: 0.25,
          workedMs: 500,
          status: { state: 'succeeded', ended: START + 500, result: 'Done.' },
        });
        expect(commit.tasks).toEqual([task]);
        expect(replayed(log, 'task-1')).toEqual(task);
      });

      it('keeps events about a task that is not there, and makes no task of them', () => {
        add('task-9', text('early'), toolStarted('tool-1'));
        expect(log.tasks.get('task-9')).toBeUndefined();
        expect(log.tasks.transcript('task-9', { from: 0, count: 10 })).toEqual({ total: 0, entries: [] });
        expect(log.lastSequence()).toBe(2);
      });

      it('keeps facts of types that it does not know, without harm to the task', () => {
        add('task-1', created(), starting());
        const before = log.tasks.get('task-1');
        add('task-1', { type: 'claude-panel.task.dreamt', data: { of: ['sheep'] } } as unknown as TaskLogFact);
        expect(log.tasks.get('task-1')).toEqual(before);
        expect(log.events({ after: 2, limit: 1 })[0]).toMatchObject({
          type: 'claude-panel.task.dreamt',
          data: { of: ['sheep'] },
        });
      });

      it('lists tasks newest first, by archive, and counts them', () => {
        for (const number of [1, 2, 3, 4]) {
          add(`task-${number}`, created({ promptId: `prompt-${number}` }));
          clock.advance(1000);
        }
        add('task-2', archived);
        const ids = (tasks: readonly Task[]): string[] => tasks.map(task => task.id);
        expect(ids(log.tasks.list())).toEqual(['task-4', 'task-3', 'task-2', 'task-1']);
        expect(ids(log.tasks.list({ archived: false }))).toEqual(['task-4', 'task-3', 'task-1']);
        expect(ids(log.tasks.list({ archived: true }))).toEqual(['task-2']);
        expect(ids(log.tasks.list({ archived: false, limit: 2 }))).toEqual(['task-4', 'task-3']);
        expect(ids(log.tasks.list({ archived: false, before: START + 2000, limit: 2 }))).toEqual(['task-1']);
        expect(log.tasks.list({ limit: 0 })).toEqual([]);
        expect(log.tasks.count()).toBe(4);
        expect(log.tasks.count({ archived: false })).toBe(3);
        expect(log.tasks.count({ archived: false, before: START + 2000 })).toBe(1);
      });

      it('pages by time without missing tasks that were made in the same millisecond', () => {
        log.append(
          [1, 2, 3, 4, 5].map(number => ({
            subject: `task-${number}`,
            facts: [created({ promptId: `prompt-${number}` })],
          })),
        );
        clock.advance(1);
        add('task-6', created({ promptId: 'prompt-6' }));
        const first = log.tasks.list({ limit: 2 });
        const second = log.tasks.list({ limit: 2, before: first.at(-1)?.created ?? 0 });
        expect([...first, ...second].map(task => task.id)).toEqual([6, 5, 4, 3, 2, 1].map(number => `task-${number}`));
      });

      it('lists unfinished tasks, oldest first', () => {
        add('task-1', created());
        clock.advance(1);
        add('task-2', created(), starting(), turnStarted, succeeded);
        clock.advance(1);
        add('task-3', created(), starting());
        expect(log.tasks.unfinished().map(task => task.id)).toEqual(['task-1', 'task-3']);
        add('task-1', stopped());
        add('task-2', { type: 'claude-panel.task.continued', data: { by: ada } });
        expect(log.tasks.unfinished().map(task => task.id)).toEqual(['task-2', 'task-3']);
      });
    });

    describe('cost', () => {
      it('adds up what the running totals of tasks grew by on each day', () => {
        add('task-1', created(), starting(), turnStarted, cost(1));
        add('task-2', created(), starting(), cost(0.5), cost(0.75));
        const today = clock.now();
        clock.advance(20_000);
        add('task-1', cost(1.5), cost(1.25));
        expect(localDay(clock.now())).not.toBe(localDay(today));
        expect(log.tasks.costSince(today)).toBeCloseTo(2.25, 9);
        expect(log.tasks.costSince(clock.now())).toBeCloseTo(0.5, 9);
        expect(log.tasks.costSince(clock.now() + 24 * 3600 * 1000)).toBe(0);
      });

      it('counts nothing for a rehearsal, which charges nobody', () => {
        add('task-1', created({ rehearsal: true }), starting(), cost(0.5));
        expect(log.tasks.get('task-1')?.costUsd).toBe(0.5);
        expect(log.tasks.costSince(0)).toBe(0);
      });
    });

    describe('the transcript', () => {
      it('gives entries places from 0 without gaps, for each task', () => {
        add('task-1', created(), text('one'));
        add('task-2', created({ promptId: 'prompt-2' }), text('other'));
        const commit = add('task-1', text('two'), starting(), text('three'));
        expect(commit.transcript.map(({ taskId, index }) => [taskId, index])).toEqual([
          ['task-1', 2],
          ['task-1', 3],
        ]);
        expect(entriesOf('task-1').map(entry => entry.kind)).toEqual(['prompt', 'text', 'text', 'text']);
      });

      it('reads pages', () => {
        add('task-1', created(), ...[1, 2, 3, 4].map(number => text(`text ${number}`)));
        const page = log.tasks.transcript('task-1', { from: 2, count: 2 });
        expect(page.total).toBe(5);
        expect(page.entries).toMatchObject([{ text: 'text 2' }, { text: 'text 3' }]);
        expect(log.tasks.transcript('task-1', { from: 4, count: 10 }).entries).toHaveLength(1);
        expect(log.tasks.transcript('task-1', { from: 9, count: 10 })).toEqual({ total: 5, entries: [] });
        expect(log.tasks.transcript('task-1', { from: -2, count: 1 }).entries).toMatchObject([{ kind: 'prompt' }]);
      });

      it('ends a tool call in its place, once in a commit', () => {
        add('task-1', created(), toolStarted('tool-1'), text('meanwhile'));
        clock.advance(40);
        const commit = add('task-1', toolEnded('tool-1', 'all green'), toolStarted('tool-2'), toolEnded('tool-2'));
        expect(commit.transcript).toHaveLength(2);
        expect(commit.transcript[0]).toMatchObject({
          taskId: 'task-1',
          index: 1,
          entry: { kind: 'tool', status: 'ok', output: 'all green', at: START, ended: START + 40 },
        });
        expect(commit.transcript[1]).toMatchObject({ index: 3, entry: { toolUseId: 'tool-2', status: 'ok' } });
        expect(log.tasks.transcriptEntry('task-1', 'tool:tool-1')).toEqual(commit.transcript[0]?.entry);
        expect(log.tasks.transcriptEntry('task-2', 'tool:tool-1')).toBeUndefined();
      });

      it('closes calls that are still open when the task ends, with no result', () => {
        add('task-1', created(), starting(), toolStarted('tool-1'), toolStarted('tool-2'), toolEnded('tool-1'));
        clock.advance(5);
        const commit = add('task-1', stopped());
        expect(commit.transcript).toEqual([
          {
            taskId: 'task-1',
            index: 2,
            entry: expect.objectContaining({ toolUseId: 'tool-2', status: 'error', ended: START + 5 }),
          },
        ]);
        expect(commit.transcript[0]?.entry).not.toHaveProperty('output');
        expect(entriesOf('task-1')[1]).toMatchObject({ status: 'ok' });
        expect(add('task-1', stopped()).transcript).toEqual([]);
      });

      it('takes each entry once, however often it is told', () => {
        add('task-1', created(), toolStarted('tool-1'));
        const commit = add('task-1', created({ promptId: 'prompt-2' }), toolStarted('tool-1'), toolEnded('unknown'));
        expect(commit.transcript).toEqual([]);
        expect(entriesOf('task-1')).toHaveLength(2);
      });
    });

    describe('approvals', () => {
      it('keeps what waits for a person, oldest first, and lets the first answer win', () => {
        add('task-1', created(), starting(), turnStarted);
        add('task-1', requested(approval('approval-2', { created: START + 2 })));
        add('task-1', requested(approval('approval-1', { created: START + 1 })));
        expect(log.approvals.pending().map(({ id }) => id)).toEqual(['approval-1', 'approval-2']);
        expect(log.tasks.get('task-1')?.status).toMatchObject({ state: 'waiting', for: 'approval' });

        const first = add('task-1', answered('approval-2', START + 10, 'deny'));
        const second = add('task-1', answered('approval-2', START + 11, 'allowOnce'));
        expect(first.approvals).toEqual([log.approvals.get('approval-2')]);
        expect(second.approvals).toEqual([]);
        expect(second.transcript).toEqual([]);
        expect(log.approvals.get('approval-2')?.status).toMatchObject({
          state: 'answered',
          answer: { choice: 'deny' },
        });
        expect(log.tasks.get('task-1')).toMatchObject({ deniedCount: 1 });
        expect(log.approvals.pending().map(({ id }) => id)).toEqual(['approval-1']);
        expect(log.approvals.ofTask('task-1').map(({ id }) => id)).toEqual(['approval-1', 'approval-2']);
      });

      it('keeps an approval that belongs to no task', () => {
        const { taskId: _none, ...asked } = approval('approval-7');
        const commit = add('approval-7', requested(asked));
        expect(commit.tasks).toEqual([]);
        expect(commit.approvals).toEqual([asked]);
        expect(log.approvals.get('approval-7')).toEqual(asked);
      });

      it('lists every decision, the newest first, in pages that miss none', () => {
        add('task-1', created(), starting());
        for (const number of [1, 2, 3, 4]) {
          add('task-1', requested(approval(`approval-${number}`)));
        }
        add('task-1', answered('approval-2', START + 10));
        add('task-1', answered('approval-1', START + 20, 'allowProject'));
        add('task-1', {
          type: 'claude-panel.approval.expired',
          data: { approvalId: 'approval-3', at: START + 20 },
        });
        const ids = (query: Parameters<typeof log.approvals.ledger>[0]): string[] =>
          log.approvals.ledger(query).map(({ id }) => id);
        expect(ids(undefined)).toEqual(['approval-3', 'approval-1', 'approval-2']);
        expect(ids({ limit: 1 })).toEqual(['approval-3', 'approval-1']);
        expect(ids({ limit: 1, before: START + 20 })).toEqual(['approval-2']);
        expect(ids({ limit: 0 })).toEqual([]);
      });
    });

    describe('decisions', () => {
      it('reads, decides and writes as one, and gives back the value', () => {
        add('task-1', created(), starting());
        add('task-1', requested(approval('approval-1')));
        const answer = (who: string): string =>
          log.decide(state => {
            const isOpen = state.approval('approval-1')?.status.state === 'pending';
            return {
              entries: isOpen ? [{ subject: 'task-1', facts: [answered('approval-1', START)] }] : [],
              value: isOpen ? `${who} won` : `${who} came late to ${state.task('task-1')?.title}`,
            };
          });
        expect(answer('ada')).toBe('ada won');
        expect(answer('bob')).toBe('bob came late to Add a health endpoint');
        expect(log.lastSequence()).toBe(4);
      });

      it('writes nothing when the decision throws', () => {
        expect(() =>
          log.decide(() => {
            throw new Error('undecided');
          }),
        ).toThrow('undecided');
        expect(log.lastSequence()).toBe(0);
        expect(add('task-1', created()).events[0]?.seq).toBe(1);
      });

      it('refuses to append inside a decision, and stays usable', () => {
        expect(() =>
          log.decide(() => ({ entries: [], value: log.append([{ subject: 't', facts: [created()] }]) })),
        ).toThrow('returns what is to be written');
        expect(() => log.decide(() => log.decide(() => ({ entries: [], value: { entries: [], value: 0 } })))).toThrow(
          'returns what is to be written',
        );
        expect(log.lastSequence()).toBe(0);
        expect(add('task-1', created()).events[0]?.seq).toBe(1);
      });
    });

    describe('commits', () => {
      it('tells listeners after the rows are there', () => {
        const seen: (string | undefined)[] = [];
        log.onDidCommit(commit => {
          seen.push(log.tasks.get('task-1')?.status.state);
          expect(log.lastSequence()).toBe(commit.events.at(-1)?.seq);
        });
        add('task-1', created());
        log.decide(() => ({ entries: [{ subject: 'task-1', facts: [starting()] }], value: undefined }));
        expect(seen).toEqual(['queued', 'starting']);
      });

      it('delivers a commit that a listener makes after the present one, in the same order to all', () => {
        const orders: number[][] = [[], []];
        log.onDidCommit(({ events }) => {
          orders[0]?.push(...events.map(event => event.seq));
          if (log.lastSequence() < 4) {
            add('task-1', text('and'), text('so on'));
          }
        });
        log.onDidCommit(({ events }) => void orders[1]?.push(...events.map(event => event.seq)));
        add('task-1', created());
        expect(orders).toEqual([
          [1, 2, 3, 4, 5],
          [1, 2, 3, 4, 5],
        ]);
      });

      it('stops telling a listener that was disposed', () => {
        let count = 0;
        const subscription = log.onDidCommit(() => {
          count += 1;
        });
        add('task-1', created());
        subscription.dispose();
        add('task-1', starting());
        expect(count).toBe(1);
      });
    });
  });
}

/** The task as its events alone tell it. */
function replayed(log: PanelLog, id: string): Task | undefined {
  return log
    .events({ after: 0, limit: 1_000_000, subject: id })
    .reduce<Task | undefined>(
      (task, event) =>
        reduceTask(task, id, { type: event.type, data: event.data } as TaskLogFact, Date.parse(event.time)),
      undefined,
    );
}
