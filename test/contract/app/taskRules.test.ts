import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import type { Approval } from '../../../src/core/approvals/approval.ts';
import { isFinal, type Task } from '../../../src/core/tasks/task.ts';
import { scripted } from '../rehearsal/rehearsalStage.ts';
import { asked, run, until, usePanelStage } from './panelStage.ts';

const stage = usePanelStage();
const touch = (name: string): string =>
  `- tool: { name: Bash, input: { command: "mkdir -p out && touch out/${name}" } }`;

function done(services: PanelServices, id: string, result: string): Promise<Task> {
  return until(services, id, ({ status }) => isFinal(status) && 'result' in status && status.result === result);
}

describe('what is allowed for a task, with the real Claude Code', { timeout: 60_000 }, () => {
  it('holds for a command of several parts, also in its next process, and for nothing else', async () => {
    const services = await stage().open();
    const by = services.actor('panel');
    const made = (name: string): boolean => existsSync(path.join(stage().folder, 'out', name));
    const task = await run(services, scripted(`${touch('one')}\n${touch('one')}\n- text: "Twice."`));
    const first = await asked(services, task.id);
    services.approvals.answer(first.id, { choice: 'allowTask' }, by);
    await done(services, task.id, 'Twice.');
    expect(services.log.approvals.ofTask(task.id)).toHaveLength(1);

    rmSync(path.join(stage().folder, 'out'), { recursive: true });
    services.tasks.sendMessage(task.id, scripted(`${touch('one')}\n${touch('two')}\n- text: "Again."`), by);
    const commandOf = ({ subject }: Approval): unknown => subject.kind === 'tool' && subject.input['command'];
    const open = () => services.log.approvals.pending().find(one => commandOf(one) === 'mkdir -p out && touch out/two');
    await until(services, task.id, () => open() !== undefined);
    const other = open();
    expect([made('one'), made('two')]).toEqual([true, false]);
    services.approvals.answer(other?.id ?? '', { choice: 'deny' }, by);
    await done(services, task.id, 'Again.');
    const [, again] = services.log.approvals.ofTask(task.id);
    expect(again?.status).toMatchObject({ state: 'answered', by: { surface: 'product' } });
    expect(made('two')).toBe(false);

    const stranger = await run(services, scripted(`${touch('one')}\n- text: no`));
    await asked(services, stranger.id);
  });
});
