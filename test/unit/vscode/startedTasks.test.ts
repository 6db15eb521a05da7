import { describe, expect, it } from 'vitest';
import type { PanelServices, StartTask } from '../../../src/app/panelServices.ts';
import type { Approval } from '../../../src/core/approvals/approval.ts';
import { StartedTasks } from '../../../src/vscode/startedTasks.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { memoryServices } from './support/memoryServices.ts';
import { ada, anApproval } from './support/samples.ts';

const input: StartTask = { prompt: 'go', profile: 'team', by: ada };
const content: Approval = anApproval({
  id: 'content',
  subject: { kind: 'workspaceContent', headline: 'h', files: [], grants: [], content: 'c', fingerprint: 'f' },
  choices: [
    { id: 'approveContent', label: 'Approve', grants: true, updates: [] },
    { id: 'deny', label: 'Do not use it', grants: false, updates: [] },
  ],
});

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
  }
}

function waiting() {
  const { services, newTask } = memoryServices(new ManualClock());
  const told: string[] = [];
  let isApproved = false;
  const guarded: PanelServices = {
    ...services,
    startTask: async ({ prompt }) =>
      isApproved ? { kind: 'started', task: newTask(prompt) } : { kind: 'needsApproval', approvalId: 'content' },
  };
  const { taskId: _none, ...approval } = content;
  services.log.append([
    { subject: 'content', facts: [{ type: 'claude-panel.approval.requested', data: { approval } }] },
  ]);
  services.log.onDidCommit(({ approvals }) => {
    isApproved ||= approvals.some(
      ({ status }) => status.state === 'answered' && status.answer.choice === 'approveContent',
    );
  });
  const started = new StartedTasks({
    services: async () => guarded,
    onStarted: () => told.push('started'),
    onRefused: ({ prompt }) => told.push(`refused ${prompt}`),
    onFailed: error => told.push(`failed ${String(error)}`),
  });
  started.follow(guarded);
  return { started, told, services };
}

describe('StartedTasks', () => {
  it('starts a task by itself after what its profile needs was approved', async () => {
    const { started, told, services } = waiting();
    expect(await started.start(input)).toEqual({ kind: 'waits', approvalId: 'content' });
    services.approvals.answer('content', { choice: 'approveContent' }, ada);
    await settle();
    expect(told).toEqual(['started']);
    expect(services.log.tasks.count()).toBe(1);
  });

  it('gives the words back when it was not approved', async () => {
    const { started, told, services } = waiting();
    await started.start(input);
    services.approvals.answer('content', { choice: 'deny' }, ada);
    await settle();
    expect(told).toEqual(['refused go']);
    expect(services.log.tasks.count()).toBe(0);
  });
});
