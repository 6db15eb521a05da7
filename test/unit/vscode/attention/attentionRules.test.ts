import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../../../src/core/events/cloudEvent.ts';
import type { Commit } from '../../../../src/core/tasks/panelLog.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import type { TaskLogFact } from '../../../../src/core/tasks/taskFact.ts';
import { alertsOf } from '../../../../src/vscode/attention/attentionRules.ts';
import { ada, anApproval, aTask, owner } from '../support/samples.ts';

const hidden = {
  level: 'needsYou',
  isPanelVisible: false,
  ownSource: '/claude-panel/vscode/1',
  isFirstWindow: () => true,
} as const;
const failure = { family: 'claude', reason: 'x', message: 'no' };

function event(fact: TaskLogFact): LogEvent<TaskLogFact> {
  return {
    specversion: '1.0',
    id: 'e',
    source: '/claude-panel/vscode/1',
    subject: 't1',
    time: '',
    datacontenttype: 'application/json',
    seq: 1,
    type: fact.type,
    data: fact.data,
  };
}

function commit(fact: TaskLogFact, rows: Partial<Commit>): Commit {
  return { events: [event(fact)], tasks: [], approvals: [], chains: [], transcript: [], ...rows };
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

const from =
  (source: string) =>
  (made: Commit): Commit => ({ ...made, events: made.events.map(other => ({ ...other, source })) });

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

  it('leaves what another VS Code window wrote to that window', () => {
    const elsewhere = from('/claude-panel/vscode/2');
    expect(alertsOf(elsewhere(asked()), hidden)).toEqual([]);
    expect(alertsOf(elsewhere(failed), hidden)).toEqual([]);
    expect(alertsOf(elsewhere(succeeded), { ...hidden, level: 'all' })).toEqual([]);
  });

  it('leaves a question about files of the workspace to the window that asks it', () => {
    const { taskId: _none, ...approval } = anApproval();
    const content = commit(
      { type: 'claude-panel.approval.requested', data: { approval } },
      { approvals: [approval], tasks: [] },
    );
    expect(alertsOf(content, hidden)).toHaveLength(1);
    expect(alertsOf(from('/claude-panel/vscode/2')(content), hidden)).toEqual([]);
  });

  it('tells of what a command line wrote in one window only', () => {
    const terminal = from('/claude-panel/cli/3');
    expect(alertsOf(terminal(asked()), hidden)).toHaveLength(1);
    expect(alertsOf(terminal(failed), hidden)).toHaveLength(1);
    expect(alertsOf(terminal(asked()), { ...hidden, isFirstWindow: () => false })).toEqual([]);
    expect(alertsOf(terminal(failed), { ...hidden, isFirstWindow: () => false })).toEqual([]);
  });

  it('does not tell of a question again when something else about it changes', () => {
    const again = commit(
      { type: 'claude-panel.task.text', data: { messageId: 'm', text: '' } },
      { approvals: [anApproval()], tasks: [running] },
    );
    expect(alertsOf(again, hidden)).toEqual([]);
  });
});
