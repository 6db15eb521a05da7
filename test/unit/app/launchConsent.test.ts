import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nextEvent } from '../../../src/base/event.ts';
import type { Approval } from '../../../src/core/approvals/approval.ts';
import type { Task } from '../../../src/core/tasks/task.ts';
import { ADA, AppStage, SPEED } from './appStage.ts';

const hook = (command: string): string =>
  JSON.stringify({ hooks: { SessionStart: [{ hooks: [{ type: 'command', command }] }] } });
const FILES = { '.claude/settings.json': hook('./a.sh') };

function write(stage: AppStage, text: string): void {
  writeFileSync(join(stage.folder, '.claude', 'settings.json'), text);
}

/** The launch of a task, with the question that it asks. */
async function asking(
  stage: AppStage,
  task: Task,
): Promise<{ question: Approval; obtained: Promise<unknown>; abort: AbortController }> {
  const abort = new AbortController();
  const asked = nextEvent(stage.log.onDidCommit, ({ events }) =>
    events.some(({ type }) => type === 'claude-panel.approval.requested'),
  );
  const obtained = stage.consent.obtain(task, abort.signal);
  obtained.catch(() => undefined);
  await Promise.race([asked, obtained]);
  const question = stage.log.approvals.pending().find(({ taskId }) => taskId === task.id);
  if (question === undefined) {
    throw new Error('nothing is asked');
  }
  return { question, obtained, abort };
}

describe('a launch', () => {
  it('asks nobody where the folder starts and grants nothing, or only what was approved', async () => {
    const { signal } = new AbortController();
    const empty = new AppStage();
    expect(await empty.consent.obtain(empty.starting('a'), signal)).toEqual(SPEED);
    const approved = new AppStage(FILES);
    await approved.approveAsItIs();
    expect(await approved.consent.obtain(approved.starting('a'), signal)).toEqual(SPEED);
    expect([...empty.log.approvals.pending(), ...approved.log.approvals.pending()]).toEqual([]);
  });

  it('waits for a person when the files have changed since they were approved, and goes on after the yes', async () => {
    const stage = new AppStage(FILES);
    await stage.approveAsItIs();
    write(stage, hook('./evil.sh'));
    const task = stage.starting('a');
    const { question, obtained } = await asking(stage, task);
    expect(stage.task('a').status).toMatchObject({ state: 'waiting', for: 'approval' });
    expect(question).toMatchObject({
      taskId: 'a',
      folder: stage.folder,
      subject: { kind: 'workspaceContent', files: ['.claude/settings.json'] },
      why: expect.stringContaining('changed'),
    });
    expect(JSON.stringify(question.subject)).toContain('./evil.sh');
    stage.desk.answer(question.id, { choice: 'approveContent' }, ADA);
    expect(await obtained).toEqual(SPEED);
    expect(stage.task('a').status.state).toBe('starting');
    expect(stage.grants.list()).toMatchObject([{ by: 'ada, in the panel' }, { by: 'ada' }]);
    await stage.consent.obtain(stage.starting('b'), new AbortController().signal);
    expect(stage.log.approvals.pending()).toEqual([]);
  });

  it('fails with the words of a denial', async () => {
    const stage = new AppStage(FILES);
    const { question, obtained } = await asking(stage, stage.starting('a'));
    stage.desk.answer(question.id, { choice: 'deny', message: 'Where does this hook come from?' }, ADA);
    await expect(obtained).rejects.toMatchObject({
      family: 'task',
      reason: 'contentNotApproved',
      detail: expect.stringContaining('Where does this hook come from?'),
    });
    expect(stage.grants.list()).toEqual([]);
  });

  it('looks once more after the answer, and asks for what has changed meanwhile', async () => {
    const stage = new AppStage(FILES);
    const task = stage.starting('a');
    const first = await asking(stage, task);
    write(stage, hook('./later.sh'));
    const again = nextEvent(stage.log.onDidCommit, ({ events }) =>
      events.some(({ type }) => type === 'claude-panel.approval.requested'),
    );
    stage.desk.answer(first.question.id, { choice: 'approveContent' }, ADA);
    await again;
    const [second] = stage.log.approvals.pending();
    expect(JSON.stringify(second?.subject)).toContain('./later.sh');
    stage.desk.answer(second?.id ?? '', { choice: 'approveContent' }, ADA);
    expect(await first.obtained).toEqual(SPEED);
  });

  it('ends with the signal, and leaves the question as it is', async () => {
    const stage = new AppStage(FILES);
    const { question, obtained, abort } = await asking(stage, stage.starting('a'));
    abort.abort();
    await expect(obtained).rejects.toMatchObject({ name: 'AbortError' });
    expect(stage.log.approvals.get(question.id)?.status.state).toBe('pending');
  });

  it('of several tasks asks for each, and one yes lets all go on', async () => {
    const stage = new AppStage(FILES);
    const one = await asking(stage, stage.starting('a'));
    const other = await asking(stage, stage.starting('b'));
    expect(other.question.id).not.toBe(one.question.id);
    stage.desk.answer(other.question.id, { choice: 'approveContent' }, ADA);
    expect(await Promise.all([one.obtained, other.obtained])).toEqual([SPEED, SPEED]);
    expect(stage.log.approvals.pending()).toEqual([]);
  });

  it.each(['allow', 'deny'] as const)('is refused at once with nobody to ask (--approve %s)', async unattended => {
    const stage = new AppStage(FILES);
    const task = stage.starting('a', { unattended });
    await expect(stage.consent.obtain(task, new AbortController().signal)).rejects.toMatchObject({
      reason: 'contentNotApproved',
      detail: expect.stringContaining('by a person'),
    });
    expect(stage.task('a').deniedCount).toBe(1);
  });

  it('is without a settings file that cannot be shown', async () => {
    const stage = new AppStage({ '.claude/settings.json': '{"hooks":' });
    const profile = await stage.consent.obtain(stage.starting('a'), new AbortController().signal);
    expect(profile).toEqual({ ...SPEED, settingSources: ['user', 'local'] });
  });
});

describe('a launch after the window was closed over the question', () => {
  async function setAside(stage: AppStage): Promise<Approval> {
    const { question, abort } = await asking(stage, stage.starting('a'));
    abort.abort();
    stage.append('a', { type: 'claude-panel.task.paused', data: { cause: 'hostClosed' } });
    return question;
  }

  function startAgain(stage: AppStage): Task {
    stage.append(
      'a',
      ...(stage.task('a').status.state === 'queued'
        ? []
        : [{ type: 'claude-panel.task.continued', data: { by: ADA } } as const]),
      {
        type: 'claude-panel.task.starting',
        data: {
          owner: { hostId: 'host-2', surface: 'VS Code window', pid: 5, machine: 'here' },
          sessionId: 's',
          resumes: false,
        },
      },
    );
    return stage.task('a');
  }

  it('waits for the same question', async () => {
    const stage = new AppStage(FILES);
    const before = await setAside(stage);
    const { question, obtained } = await asking(stage, startAgain(stage));
    expect(question.id).toBe(before.id);
    expect(stage.task('a').status.state).toBe('waiting');
    stage.desk.answer(question.id, { choice: 'approveContent' }, ADA);
    expect(await obtained).toEqual(SPEED);
  });

  it('takes the question back when the files have changed, and asks for what is there now', async () => {
    const stage = new AppStage(FILES);
    const before = await setAside(stage);
    write(stage, hook('./later.sh'));
    const { question } = await asking(stage, startAgain(stage));
    expect(question.id).not.toBe(before.id);
    expect(stage.log.approvals.get(before.id)?.status).toMatchObject({ state: 'withdrawn' });
    expect(stage.log.approvals.pending()).toHaveLength(1);
  });

  it('uses the answer that was given meanwhile: a yes', async () => {
    const stage = new AppStage(FILES);
    const before = await setAside(stage);
    stage.desk.answer(before.id, { choice: 'approveContent' }, ADA);
    expect(stage.task('a').status.state).toBe('queued');
    expect(await stage.consent.obtain(startAgain(stage), new AbortController().signal)).toEqual(SPEED);
  });

  it('uses the answer that was given meanwhile: a no, once', async () => {
    const stage = new AppStage(FILES);
    const before = await setAside(stage);
    stage.desk.answer(before.id, { choice: 'deny' }, ADA);
    await expect(stage.consent.obtain(startAgain(stage), new AbortController().signal)).rejects.toMatchObject({
      reason: 'contentNotApproved',
    });
    stage.append('a', {
      type: 'claude-panel.task.failed',
      data: { failure: { family: 'task', reason: 'contentNotApproved', message: 'no' } },
    });
    // Continued later by a person: then it is asked anew.
    const { question } = await asking(stage, startAgain(stage));
    expect(question.id).not.toBe(before.id);
  });
});
