import { describe, expect, it } from 'vitest';
import { parseLines, useCommandStage } from './commandStage.ts';

/** Long enough for another process to answer on a busy machine. */
const PATIENT = { CLAUDE_PANEL_ANSWER_SECONDS: '50' };

describe('several processes on one workspace', { timeout: 90_000 }, () => {
  const stage = useCommandStage();

  it('lets another process approve', async () => {
    const command = stage().start(['run', 'write a file'], PATIENT);
    const { code, stdout } = await stage().run(['approve', await stage().question()]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Write \(write a file\): "Allow" by .*, on the command line/),
    ]);
    expect((await command.result).code).toBe(0);
    expect(stage().has('made.txt')).toBe(true);
  });

  it('passes the message of a denial to the model', async () => {
    const command = stage().start(['run', 'write a file'], PATIENT);
    await stage().question();
    const [task] = await stage().json(['list']);
    const answer = await stage().run(['deny', String(task?.['id']), '--message', 'Put it into the attic.']);
    expect(answer.code).toBe(0);
    const { code, stdout } = await command.result;
    expect([code, stdout]).toEqual([3, expect.stringContaining('I was told about the attic.')]);
  });

  it('counts the first of two answers and tells the other who it was', async () => {
    const command = stage().start(['run', 'write a file'], PATIENT);
    const id = await stage().question();
    const answers = await Promise.all([stage().run(['approve', id]), stage().run(['deny', id])]);
    const [winner, loser] = answers[0].code === 0 ? answers : answers.toReversed();
    expect([winner?.code, loser?.code]).toEqual([0, 1]);
    expect(loser?.stderr).toMatch(/settled before: "(Allow|Deny)" by .*, on the command line/);
    expect((await command.result).code).toBe(answers[0].code === 0 ? 0 : 3);
  });

  it('follows a task of another process to its end, with its exit code and all its events', async () => {
    const command = stage().start(['run', 'write a file', '--json'], PATIENT);
    const id = await stage().question();
    const [task] = await stage().json(['list']);
    const watcher = stage().start(['watch', String(task?.['id']), '--json']);
    await watcher.shows('approval.requested');
    await stage().run(['deny', id]);
    const [ran, watched] = await Promise.all([command.result, watcher.result]);
    expect([ran.code, watched.code]).toEqual([3, 3]);
    // The owner takes the snapshot after the task, which a follower does not wait for.
    const seen = parseLines(watched.stdout);
    const untilEnd = parseLines(ran.stdout).findLastIndex(({ type }) => type.startsWith('claude-panel.task.')) + 1;
    expect(seen.length).toBeGreaterThanOrEqual(untilEnd);
    expect(seen).toEqual(parseLines(ran.stdout).slice(0, seen.length));
  });

  it('follows everything live until Ctrl+C', async () => {
    await stage().run(['run', 'say hello']);
    const watcher = stage().start(['watch']);
    await watcher.shows('Watching');
    await stage().run(['run', 'say hello']);
    await watcher.shows('Succeeded');
    watcher.kill('SIGINT');
    expect((await watcher.result).code).toBe(130);
  });

  it('runs two tasks beside each other in one log without gaps', async () => {
    const runs = await Promise.all([1, 2].map(() => stage().run(['run', 'say hello', '--json'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const printed = runs.flatMap(({ stdout }) => parseLines(stdout)).sort((one, other) => one.seq - other.seq);
    expect(printed).toEqual(stage().events());
    expect(printed.map(({ seq }) => seq)).toEqual(printed.map((_, index) => index + 1));
  });

  it('stops a task of another process, and waits until it is true', async () => {
    const command = stage().start(['run', 'sleep', '--approve', 'allow']);
    await stage().sleeping();
    const { code, stdout } = await stage().run(['stop', '--all']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('sleep: stopped.')]);
    expect((await command.result).code).toBe(130);
    await stage().noneLeft();
  });

  it('pauses a task of another process and goes on with it', async () => {
    const command = stage().start(['run', 'sleep', '--approve', 'allow']);
    await stage().sleeping();
    const [task] = await stage().json(['list']);
    const id = String(task?.['id']);
    expect((await stage().run(['pause', id])).code).toBe(0);
    expect((await command.result).code).toBe(130);
    await stage().noneLeft();
    expect(await stage().json(['list'])).toMatchObject([{ id, state: 'paused' }]);
    const resumed = await stage().run(['resume', id, 'say', 'hello']);
    expect([resumed.code, resumed.stdout]).toEqual([0, expect.stringContaining('Hello there.')]);
    expect(await stage().json(['list'])).toMatchObject([{ id, state: 'succeeded' }]);
  });

  it('goes on with a finished task, and forks it', async () => {
    await stage().run(['run', 'say hello']);
    const [task] = await stage().json(['list']);
    const id = String(task?.['id']);
    const sent = await stage().run(['send', id, 'say hello once more']);
    expect([sent.code, sent.stdout]).toEqual([0, expect.stringContaining('Hello there.')]);
    expect((await stage().run(['fork', id, 'say hello elsewhere'])).code).toBe(0);
    const [forked, first] = await stage().json(['list']);
    expect([forked?.['state'], first?.['id']]).toEqual(['succeeded', id]);
    expect(forked?.['session_id']).not.toBe(first?.['session_id']);
  });

  it('finds every task in a true state after kill -9, with no process left', async () => {
    const command = stage().start(['run', 'sleep', '--approve', 'allow']);
    await stage().sleeping();
    command.kill('SIGKILL');
    await command.result;
    const [task] = await stage().json(['list']);
    expect(task?.['state']).toBe('paused');
    await stage().noneLeft();
    // The session is there: its cut turn begins again.
    stage().remove('ready.txt');
    const resumed = stage().start(['resume', String(task?.['id'])]);
    await stage().sleeping();
    resumed.kill('SIGINT');
    expect((await resumed.result).code).toBe(130);
    await stage().noneLeft();
  });
});
