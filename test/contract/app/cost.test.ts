import process from 'node:process';
import { describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { isFinal, isLive, type Task } from '../../../src/core/tasks/task.ts';
import { scripted } from '../rehearsal/rehearsalStage.ts';
import { asked, ended, run, until, usePanelStage } from './panelStage.ts';

const stage = usePanelStage();

const WRITE = scripted('- tool: { name: Write, input: { file_path: "{{cwd}}/a.txt", content: hello } }\n- text: Done.');

/** A task in the middle of its first turn, of which Claude Code has noted nothing yet. */
async function waitingTask(services: PanelServices): Promise<Task> {
  const { id } = await run(services, WRITE);
  await asked(services, id);
  return until(services, id, task => task.costUsd > 0);
}

function costOfModels({ models }: Task): number {
  return Object.values(models).reduce((sum, { costUsd }) => sum + costUsd, 0);
}

describe('the cost of a task with the real Claude Code', { timeout: 60_000 }, () => {
  it('is its own from the first answer on, when it was forked from one that still runs', async () => {
    const services = await stage().open();
    const original = await waitingTask(services);
    const fork = services.tasks.fork(original.id, scripted('- text: Forked.'), services.actor('panel'));
    const done = await ended(services, fork.id);
    expect(done.status).toMatchObject({ state: 'succeeded', result: 'Forked.' });
    expect(done.costUsd).toBeGreaterThan(0);
    expect(done.costUsd).toBeCloseTo(costOfModels(done), 6);
  });

  it('keeps what a run cost whose process was killed', async () => {
    const services = await stage().open();
    const { id, status } = await waitingTask(services);
    process.kill((isLive(status) ? status.process?.pid : undefined) ?? Number.NaN, 'SIGKILL');
    const killed = await ended(services, id);
    expect(killed.status).toMatchObject({ state: 'failed' });
    expect(killed.costUsd).toBeGreaterThan(0);
    services.tasks.continue(id, services.actor('panel'), scripted('- text: Back again.'));
    const done = await until(services, id, task => isFinal(task.status) && task.attempt > killed.attempt);
    expect(done.status).toMatchObject({ state: 'succeeded', result: 'Back again.' });
    expect(done.costUsd).toBeCloseTo(killed.costUsd + costOfModels(done), 6);
    expect(costOfModels(done)).toBeGreaterThan(0);
  });
});
