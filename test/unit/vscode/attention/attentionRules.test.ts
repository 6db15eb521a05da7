import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../../../src/core/events/cloudEvent.ts';
import type { Commit } from '../../../../src/core/tasks/panelLog.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import type { TaskLogFact } from '../../../../src/core/tasks/taskFact.ts';
import { alertsOf } from '../../../../src/vscode/attention/attentionRules.ts';
import { ada, anApproval, aTask, owner } from '../support/samples.ts';

const hidden = { level: 'needsYou', isPanelVisible: false, hostId: 'host-1' } as const;
const failure = { family: 'claude', reason: 'x', message: 'no' };

function event(fact: TaskLogFact): LogEvent<TaskLogFact> {
  return {
    specversion: '1.0',
    id: 'e',
    source: '/',
    subject: 't1',
    time: '',
    datacontenttype: 'application/json',
    seq: 1,
    type: fact.type,
    data: fact.data,
  };
}

function commit(fact: TaskLogFact, rows: Partial<Commit>): Commit {
  return { events: [event(fact)], tasks: [], approvals: [], transcript: [], ...rows };
}

const running = aTask({ status: { state: 'waiting', since: 1, for: 'approval', owner } });
const asked = (task: Task = running): Commit => {
  const approval = anApproval();
  return commit(
    { type: 'claude-panel.approval.requested', data: { approval } },
    { approvals: [approval], tasks: [task] },
  );
};
const ended = (task: Task, fact: TaskLogFact): Commit => commit(fact, { tasks: [task] });
const failed = ended(aTask({ status: { state: 'failed', ended: 1, failure } }), {
  type: 'claude-panel.task.failed',
  data: { failure },
});
const succeeded = ended(aTask({ status: { state: 'succeeded', ended: 1, result: '' } }), {
  type: 'claude-panel.task.succeeded',
  data: { result: '' },
});
const stopped = ended(aTask({ status: { state: 'stopped', ended: 1, by: ada, leftOver: 0 } }), {
  type: 'claude-panel.task.stopped',
  data: { by: ada, leftOver: 0 },
});

describe('alertsOf', () => {
  it('tells of a question while the panel is out of sight', () => {
    expect(alertsOf(asked(), hidden)).toMatchObject([{ kind: 'approval', approval: { id: 'a1' } }]);
  });

  it('tells nothing while the panel is in sight, or when the user wants nothing', () => {
    expect(alertsOf(asked(), { ...hidden, isPanelVisible: true })).toEqual([]);
    expect(alertsOf(failed, { ...hidden, isPanelVisible: true })).toEqual([]);
    expect(alertsOf(asked(), { ...hidden, level: 'none' })).toEqual([]);
  });

  it('tells of success only when that is wanted, of failure by default, of a stop never', () => {
    expect(alertsOf(failed, hidden)).toMatchObject([{ kind: 'endedBadly' }]);
    expect(alertsOf(succeeded, hidden)).toEqual([]);
    expect(alertsOf(succeeded, { ...hidden, level: 'all' })).toMatchObject([{ kind: 'succeeded' }]);
    expect(alertsOf(stopped, { ...hidden, level: 'all' })).toEqual([]);
  });

  it('leaves the questions of another VS Code window to that window, but not those of a command line', () => {
    const elsewhere = (surface: string): Task =>
      aTask({
        status: { state: 'waiting', since: 1, for: 'approval', owner: { ...owner, hostId: 'host-2', surface } },
      });
    expect(alertsOf(asked(elsewhere('VS Code window')), hidden)).toEqual([]);
    expect(alertsOf(asked(elsewhere('command line')), hidden)).toHaveLength(1);
  });

  it('does not tell of a question again when something else about it changes', () => {
    const again = commit(
      { type: 'claude-panel.task.text', data: { messageId: 'm', text: '' } },
      { approvals: [anApproval()], tasks: [running] },
    );
    expect(alertsOf(again, hidden)).toEqual([]);
  });
});
