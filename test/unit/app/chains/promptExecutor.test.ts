import { describe, expect, it } from 'vitest';
import { PromptExecutor } from '../../../../src/app/chains/promptExecutor.ts';
import type { Actor } from '../../../../src/core/events/actor.ts';
import type { TaskFact } from '../../../../src/core/tasks/taskFact.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { memoryServices } from '../../vscode/support/memoryServices.ts';

const product: Actor = { surface: 'product', name: 'panel', hostId: 'h2' };
const lost: TaskFact = { type: 'claude-panel.task.paused', data: { cause: 'hostLost' } };
const queuedAgain: TaskFact = { type: 'claude-panel.task.continued', data: { by: product } };
const byPerson: TaskFact = { type: 'claude-panel.task.paused', data: { cause: 'person', by: product } };

/** The task that a step waits for, after these facts, once the process h2 has taken over its chain. */
async function takenOver(...facts: readonly TaskFact[]) {
  const { services, newTask, say } = memoryServices(new ManualClock());
  const { id } = newTask('Think.');
  say(id, ...facts);
  const executor = new PromptExecutor({
    log: services.log,
    tasks: services.tasks,
    product,
    afterReload: () => 'continue',
  } as never);
  const closing = new AbortController();
  const outcome = executor.follow(
    {
      pursued: { taskId: id },
      signal: new AbortController().signal,
      closing: closing.signal,
      spend: () => undefined,
      report: () => undefined,
    } as never,
    () => ({ prompt: 'Think.', title: 'Think', limits: {} }),
  );
  closing.abort();
  await outcome;
  return services.tasks.get(id);
}

describe('the task of a step whose program is gone', () => {
  it('is continued by the program that goes on with the chain', async () => {
    expect(await takenOver(lost)).toMatchObject({ status: { state: 'queued' }, reservedFor: 'h2' });
  });

  it('is taken from the queue when it had done nothing yet', async () => {
    expect(await takenOver()).toMatchObject({ status: { state: 'queued' }, reservedFor: 'h2' });
    expect(await takenOver(lost, queuedAgain)).toMatchObject({ status: { state: 'queued' }, reservedFor: 'h2' });
  });

  it('stays as it is when a person paused it', async () => {
    expect((await takenOver(byPerson)).status.state).toBe('paused');
  });
});
