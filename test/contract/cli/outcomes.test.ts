import { describe, expect, it } from 'vitest';
import { parseLines, useCommandStage } from './commandStage.ts';

/** The snapshot after a run follows the end of its task. */
const taskEvents = (stdout: string) => parseLines(stdout).filter(({ type }) => type.startsWith('claude-panel.task.'));

describe('claude-panel run', { timeout: 60_000 }, () => {
  const stage = useCommandStage();

  it('ends with 0 when the task succeeds', async () => {
    const { code, stdout, stderr } = await stage().run(['run', 'say hello']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Hello there.\n');
    expect(stdout).toMatch(/Succeeded after /);
    await stage().noneLeft();
  });

  it('prints exactly the events of the table with --json', async () => {
    const { code, stdout } = await stage().run(['run', 'say hello', '--json', '--title', 'Greeting']);
    const events = parseLines(stdout);
    expect(code).toBe(0);
    expect(events).toEqual(stage().events(events[0]?.subject));
    expect(events[0]).toMatchObject({
      specversion: '1.0',
      type: 'claude-panel.task.created',
      datacontenttype: 'application/json',
      data: { title: 'Greeting', prompt: 'say hello' },
    });
    expect(taskEvents(stdout).at(-1)?.type).toBe('claude-panel.task.succeeded');
  });

  it('ends with 1 and a remedy when the task fails', async () => {
    const { code, stdout } = await stage().run(['run', 'refuse the request']);
    expect(code).toBe(1);
    expect(stdout).toContain('not like this');
    expect(stdout).toMatch(/Failed after /);
  });

  it('ends with 1 and says what to do when there is no Claude Code', async () => {
    const missing = { CLAUDE_PANEL_CLAUDE: '/nowhere/claude' };
    const { code, stdout, stderr } = await stage().run(['run', 'say hello'], missing);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('/nowhere/claude');
    expect(stdout + stderr).not.toMatch(/^ +at /m);
  });

  it.each([
    [['run'], 'needs a PROMPT'],
    [['run', 'x', '--aprove', 'deny'], 'Did you mean --approve?'],
    [['run', '  '], 'The task has no text.'],
    [['run', 'say hello', '--cwd', 'nowhere'], 'is not there'],
    [['run', 'say hello', '--profile', 'sped'], 'speed'],
    [['runn', 'say hello'], 'Did you mean run?'],
  ])('ends with 2 for %j', async (args, words) => {
    const { code, stdout, stderr } = await stage().run(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('ends with 3 when something was denied, although the task succeeded', async () => {
    const { code, stdout } = await stage().run(['run', 'write a file', '--approve', 'deny']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/Succeeded after .* 1 denied/);
    expect(stage().has('made.txt')).toBe(false);
  });

  it('ends with 3 when nobody is there to answer', async () => {
    const { code, stdout } = await stage().run(['run', 'write a file', '--json'], { CLAUDE_PANEL_ANSWER_SECONDS: '0' });
    expect(code).toBe(3);
    expect(parseLines(stdout)).toContainEqual(
      expect.objectContaining({
        type: 'claude-panel.approval.answered',
        data: expect.objectContaining({
          granted: false,
          answer: expect.objectContaining({ message: 'Nobody is there to answer.' }),
        }),
      }),
    );
  });

  it('allows every tool once with --approve allow', async () => {
    expect((await stage().run(['run', 'write a file', '--approve', 'allow'])).code).toBe(0);
    expect(stage().has('made.txt')).toBe(true);
    expect(stage().has('.claude/settings.local.json')).toBe(false);
  });

  it('ends with 124 at the time limit, with nothing left', async () => {
    const args = ['run', 'sleep', '--approve', 'allow', '--max-minutes', '0.05'];
    expect((await stage().run(args)).code).toBe(124);
    await stage().noneLeft();
  });

  it('ends with 130 on Ctrl+C, with nothing left', async () => {
    const command = stage().start(['run', 'sleep', '--approve', 'allow', '--json']);
    await stage().sleeping();
    command.kill('SIGINT');
    const { code, stdout } = await command.result;
    expect(code).toBe(130);
    expect(taskEvents(stdout).at(-1)).toMatchObject({ type: 'claude-panel.task.stopped', data: { leftOver: 0 } });
    await stage().noneLeft();
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('stops the task on %s, too', async signal => {
    const command = stage().start(['run', 'sleep', '--approve', 'allow']);
    await stage().sleeping();
    command.kill(signal);
    expect((await command.result).code).toBe(130);
    await stage().noneLeft();
  });

  it('ends a program that will not listen at once on the second Ctrl+C', async () => {
    const deaf = `#!${process.execPath}
      if (process.argv.includes('--version')) { console.log('2.1.300 (Claude Code)'); process.exit(); }
      for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});
      process.stdin.resume();
      setInterval(() => {}, 1000);`;
    const program = stage().write('deaf.js', deaf, 0o755);
    const command = stage().start(['run', 'say hello', '--json'], { CLAUDE_PANEL_CLAUDE: program });
    await command.shows('task.processStarted');
    command.kill('SIGINT');
    await command.shows('task.stopping');
    command.kill('SIGINT');
    const { code, stdout } = await command.result;
    const stages = parseLines(stdout).flatMap(({ type, data }) =>
      type === 'claude-panel.task.stopping' ? [(data as { stage: string }).stage] : [],
    );
    expect(code).toBe(130);
    expect(stages).not.toContain('kill');
    await stage().noneLeft();
  });

  it('finishes its task when nobody reads the output any more', async () => {
    const command = stage().start(['run', 'say hello', '--json']);
    await command.shows('task.created');
    command.closeOutput();
    expect((await command.result).code).toBe(0);
    expect(await stage().json(['list'])).toMatchObject([{ state: 'succeeded' }]);
  });
});
