import { describe, expect, it } from 'vitest';
import type { PanelServices, StartTask } from '../../../src/app/panelServices.ts';
import type { Approval } from '../../../src/core/approvals/approval.ts';
import { StartedTasks } from '../../../src/vscode/startedTasks.ts';
import { WaitingStarts } from '../../../src/vscode/waitingStarts.ts';
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
    startTask: async ({ prompt, ownProcessOnly }) =>
      isApproved && ownProcessOnly === true
        ? { kind: 'started', task: newTask(prompt) }
        : { kind: 'needsApproval', approvalId: 'content' },
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
  const kept = new Map<string, string>();
  /** One window: what it keeps passes through text, as in VS Code. */
  const open = (): StartedTasks => {
    const window = new StartedTasks({
      services: async () => guarded,
      waiting: new WaitingStarts({
        get: key => JSON.parse(kept.get(key) ?? 'null'),
        update: async (key, value) => void kept.set(key, JSON.stringify(value)),
      }),
      onStarted: () => told.push('started'),
      onRefused: prompt => told.push(`refused ${prompt}`),
      onFailed: error => told.push(`failed ${String(error)}`),
    });
    window.follow(guarded);
    return window;
  };
  const prompts = () => services.log.tasks.list({ limit: 9 }).map(({ prompt }) => prompt);
  return { started: open(), open, told, services, kept, prompts };
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

  it('starts all that wait for the same approval', async () => {
    const { started, services, prompts } = waiting();
    await started.start(input);
    await started.start({ ...input, prompt: 'and this' });
    services.approvals.answer('content', { choice: 'approveContent' }, ada);
    await settle();
    expect(prompts().toSorted()).toEqual(['and this', 'go']);
  });

  it('gives all the words back when one approval that several waited for is refused', async () => {
    const { started, services, told } = waiting();
    await started.start(input);
    await started.start({ ...input, prompt: 'and this' });
    services.approvals.answer('content', { choice: 'deny' }, ada);
    expect(told).toEqual(['refused go\n\nand this']);
  });

  it('starts after a reload of the window, also when the answer came in between', async () => {
    const before = waiting();
    await before.started.start(input);
    before.started.dispose();
    before.open();
    before.services.approvals.answer('content', { choice: 'approveContent' }, ada);
    await settle();
    expect(before.prompts()).toEqual(['go']);

    const between = waiting();
    await between.started.start(input);
    between.started.dispose();
    between.services.approvals.answer('content', { choice: 'approveContent' }, ada);
    between.open();
    await settle();
    expect(between.prompts()).toEqual(['go']);
    between.open();
    await settle();
    expect(between.prompts()).toEqual(['go']);
  });

  it('gives the words back when the question is not in the log any more, and ignores what it cannot read', async () => {
    const { started, kept, open, told } = waiting();
    await started.start(input);
    started.dispose();
    const [first] = JSON.parse(kept.get('waitingStarts') ?? '[]');
    kept.set('waitingStarts', JSON.stringify([{ ...first, approvalId: 'gone' }, { approvalId: 'content' }, 7]));
    open();
    expect(told).toEqual(['refused go']);
  });
});
