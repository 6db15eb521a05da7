import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../../src/cli/program.ts';
import { waitFor } from '../../../harness/waitFor.ts';
import { ADA, PanelFixture, questionAsk, writeAsk } from '../panelFixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'panel-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fixture = (options: { readonly isTerminal?: boolean } = {}) => new PanelFixture({ folder, ...options });
const run = (panel: PanelFixture, ...words: string[]) => execute(words, panel.context);
/** The command waits for the owner of a task: it has set itself a limit. */
const isWaiting = (panel: PanelFixture) => waitFor('the command', () => panel.clock.nextIn !== undefined, 5000);

describe('approve and deny', () => {
  it('answers, and says what was answered', async () => {
    const panel = fixture();
    const task = panel.addTask('Write a file');
    const { id } = panel.ask(task.id);
    expect(await run(panel, 'approve', id)).toBe(0);
    expect(panel.test.out()).toBe('Write (Write a file): "Allow" by grace, on the command line.\n');
    expect(panel.log.approvals.get(id)?.status).toMatchObject({ answer: { choice: 'allowOnce' } });
  });

  it('answers nothing from inside of a task or chain', async () => {
    for (const name of ['CLAUDE_PANEL_TASK_ID', 'CLAUDE_PANEL_CHAIN_ID']) {
      const panel = fixture();
      const { id } = panel.ask(panel.addTask('Write a file').id);
      const context = { ...panel.context, environment: { [name]: 'x' } };
      expect(await execute(['approve', id], context)).toBe(2);
      expect(panel.test.err()).toContain('not answered from inside of a task');
      expect(panel.log.approvals.get(id)?.status.state).toBe('pending');
    }
  });

  it('says who was quicker', async () => {
    const panel = fixture();
    const { id } = panel.ask(panel.addTask('Write a file').id);
    panel.desk.answer(id, { choice: 'allowOnce' }, ADA);
    expect(await run(panel, 'deny', id)).toBe(1);
    expect(panel.test.err()).toContain('settled before: "Allow" by ada, in the panel.');
  });

  it('passes the message of a denial on', async () => {
    const panel = fixture();
    const task = panel.addTask('Write a file');
    const { id } = panel.ask(task.id);
    expect(await run(panel, 'deny', task.id, '--message', 'Elsewhere.')).toBe(0);
    expect(panel.log.approvals.get(id)?.status).toMatchObject({ answer: { choice: 'deny', message: 'Elsewhere.' } });
  });

  it('wants an answer for every question', async () => {
    const panel = fixture();
    const { id } = panel.ask(panel.addTask('Ask').id, questionAsk());
    expect(await run(panel, 'approve', id)).toBe(2);
    expect(panel.test.err()).toContain('The question "Which database?" has no answer.');
    expect(await run(panel, 'approve', id, '--answer', '2')).toBe(0);
  });

  it('gives no yes where an option would be left out of account', async () => {
    const panel = fixture();
    const { id } = panel.ask(panel.addTask('Write a file').id);
    expect(await run(panel, 'approve', id, '--answer', 'PostgreSQL')).toBe(2);
    expect(panel.test.err()).toContain('The option --answer does not fit here.');
    expect(panel.log.approvals.get(id)?.status.state).toBe('pending');
  });

  it('runs the input of a file instead', async () => {
    const panel = fixture();
    const { id } = panel.ask(panel.addTask('Write').id);
    writeFileSync(path.join(folder, 'input.json'), '{"file_path":"/work/other"}');
    expect(await run(panel, 'approve', id, '--json-input', 'input.json')).toBe(0);
    expect(panel.log.approvals.get(id)?.status).toMatchObject({
      answer: { updatedInput: { file_path: '/work/other' } },
    });
  });

  it.each(['nowhere.json', 'list.json'])('refuses %s as an input', async file => {
    const panel = fixture();
    const { id } = panel.ask(panel.addTask('Write').id);
    writeFileSync(path.join(folder, 'list.json'), '[1]');
    expect(await run(panel, 'approve', id, '--json-input', file)).toBe(2);
    expect(panel.log.approvals.get(id)?.status.state).toBe('pending');
  });
});

describe('stop', () => {
  it('stops every task that has not ended, and waits until it is true', async () => {
    const panel = fixture();
    const [one, other] = [panel.addTask('One'), panel.addTask('Other')];
    panel.startRunning(other.id);
    const code = run(panel, 'stop', '--all');
    await waitFor('the first', () => panel.test.out() === `${one.id} One: stopped.\n`, 5000);
    panel.append(other.id, { type: 'claude-panel.task.stopped', data: { by: ADA, leftOver: 0 } });
    expect(await code).toBe(0);
    expect(panel.test.out()).toContain(`${other.id} Other: stopped.`);
  });

  it('fails when the owner does not end it in time', async () => {
    const panel = fixture();
    const task = panel.addTask('One');
    panel.startRunning(task.id);
    const code = run(panel, 'stop', task.id);
    await isWaiting(panel);
    panel.clock.advance(15_000);
    expect(await code).toBe(1);
  });

  it('does not take an id and --all', async () => {
    const panel = fixture();
    expect(await run(panel, 'stop', 'abc', '--all')).toBe(2);
    expect(panel.test.err()).toContain('Give an ID, or --all.');
  });

  it('wants an id or --all', async () => {
    expect(await run(fixture(), 'stop')).toBe(2);
    expect(await run(fixture(), 'stop', 'x', '--all')).toBe(2);
  });
});

describe('pause and resume', () => {
  it('waits until the task is set aside', async () => {
    const panel = fixture();
    const task = panel.addTask('One');
    panel.startRunning(task.id);
    const code = run(panel, 'pause', task.id);
    await isWaiting(panel);
    panel.append(task.id, { type: 'claude-panel.task.paused', data: { cause: 'person', by: ADA } });
    expect(await code).toBe(0);
    expect(panel.test.out()).toContain(`claude-panel resume ${task.id}`);
  });

  it('leaves the work to a window that works through the queue', async () => {
    const panel = fixture();
    const task = panel.addTask('One');
    panel.tasks.pause(task.id, ADA);
    panel.hosts = [panel.window()];
    expect(await run(panel, 'resume', task.id)).toBe(0);
    expect(panel.tasks.get(task.id)).toMatchObject({ status: { state: 'queued' } });
    expect(panel.tasks.get(task.id).reservedFor).toBeUndefined();
    expect(panel.test.err()).toContain('VS Code window (process 77) runs it');
  });

  it('runs the task itself where nobody else would', async () => {
    const panel = fixture();
    const task = panel.addTask('One');
    panel.startRunning(task.id);
    panel.succeed(task.id);
    const code = run(panel, 'resume', task.id, 'And', 'a', 'test');
    await isWaiting(panel);
    expect(panel.tasks.get(task.id)).toMatchObject({ reservedFor: 'cli', status: { state: 'queued' } });
    expect(panel.tasks.get(task.id).followUps.map(message => message.text)).toEqual(['And a test']);
    panel.startRunning(task.id);
    panel.succeed(task.id, 'More.');
    expect(await code).toBe(0);
  });

  it('refuses to continue what is running', async () => {
    const panel = fixture();
    const task = panel.addTask('One');
    panel.startRunning(task.id);
    expect(await run(panel, 'resume', task.id)).toBe(1);
    expect(panel.test.err()).toContain('not possible while the task is running');
  });
});

describe('send and fork', () => {
  it('sends a message to a running task', async () => {
    const panel = fixture();
    const task = panel.addTask('One');
    panel.startRunning(task.id);
    expect(await run(panel, 'send', task.id, 'Use', 'Go')).toBe(0);
    expect(panel.tasks.get(task.id).followUps.map(message => message.text)).toEqual(['Use Go']);
  });

  it('forks a task into a new one', async () => {
    const panel = fixture();
    const task = panel.addTask('One');
    panel.startRunning(task.id);
    panel.hosts = [panel.window()];
    expect(await run(panel, 'fork', task.id, 'Another way')).toBe(0);
    expect(panel.tasks.get('task2')).toMatchObject({ prompt: 'Another way', forkOf: { taskId: task.id } });
  });
});

describe('run', () => {
  /** What the owner of the task does, once the program has started it. */
  function ownerPlays(panel: PanelFixture, play: (taskId: string) => void): void {
    panel.onStart = () => {
      panel.startRunning('task1');
      setImmediate(() => play('task1'));
    };
  }

  it('prints every event of the task and nothing else on stdout', async () => {
    const panel = fixture();
    ownerPlays(panel, id => panel.succeed(id));
    expect(await run(panel, 'run', 'Say hi', '--json')).toBe(0);
    const events = panel.test
      .out()
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events).toEqual(panel.log.events({ after: 0, limit: 100 }));
    expect(events.at(-1)).toMatchObject({ specversion: '1.0', type: 'claude-panel.task.succeeded', seq: 4 });
    expect(panel.test.err()).toContain('Succeeded');
  });

  it('shows text and tools for a person', async () => {
    const panel = fixture();
    ownerPlays(panel, id => {
      panel.append(id, { type: 'claude-panel.task.text', data: { messageId: 'm', text: 'Hello there' } });
      panel.succeed(id);
    });
    expect(await run(panel, 'run', 'Say hi')).toBe(0);
    expect(panel.test.out()).toContain('Hello there\n');
    expect(panel.test.err()).toBe('');
  });

  it('shows text once on a terminal, where it was seen being written', async () => {
    const panel = fixture({ isTerminal: true });
    ownerPlays(panel, id => {
      const part = { kind: 'part', taskId: id, messageId: 'm', blockIndex: 0, part: 'text' } as const;
      panel.live.fire({ ...part, text: 'Hello' });
      panel.append(id, { type: 'claude-panel.task.text', data: { messageId: 'm', text: 'Hello there' } });
      panel.succeed(id);
    });
    await run(panel, 'run', 'Say hi');
    expect(panel.test.out().split('Hello')).toHaveLength(2);
  });

  it('ends with 3 when something was denied, although the task succeeded', async () => {
    const panel = fixture();
    ownerPlays(panel, id => {
      const { id: approvalId } = panel.ask(id);
      panel.desk.answer(approvalId, { choice: 'deny' }, ADA);
      panel.succeed(id);
    });
    expect(await run(panel, 'run', 'Write')).toBe(3);
  });

  it('ends with 3 when nobody is there to answer', async () => {
    const panel = fixture();
    ownerPlays(panel, id => {
      panel.ask(id);
      panel.clock.advance(16_000);
      panel.succeed(id);
    });
    expect(await run(panel, 'run', 'Write')).toBe(3);
  });

  it('ends with 124 at the time limit', async () => {
    const panel = fixture();
    ownerPlays(panel, id => panel.append(id, { type: 'claude-panel.task.timedOut', data: { minutes: 1 } }));
    expect(await run(panel, 'run', 'Work', '--max-minutes', '1')).toBe(124);
  });

  it('stops the task on Ctrl+C', async () => {
    const panel = fixture();
    ownerPlays(panel, id => {
      panel.signals.emit('SIGINT');
      panel.append(id, { type: 'claude-panel.task.stopped', data: { by: ADA, leftOver: 0 } });
    });
    expect(await run(panel, 'run', 'Work')).toBe(130);
    expect(panel.test.err()).toContain('Press Ctrl+C again to end it at once.');
  });

  it('leaves a paused task with the way to go on', async () => {
    const panel = fixture();
    ownerPlays(panel, id => panel.append(id, { type: 'claude-panel.task.paused', data: { cause: 'person', by: ADA } }));
    expect(await run(panel, 'run', 'Work')).toBe(130);
    expect(panel.test.out()).toContain('claude-panel resume task1');
  });

  it.each(['0', '-1', 'soon'])('refuses %s minutes', async minutes => {
    expect(await run(fixture(), 'run', 'x', `--max-minutes=${minutes}`)).toBe(2);
  });

  it('reads the prompt from standard input', async () => {
    const panel = fixture();
    ownerPlays(panel, id => panel.succeed(id));
    panel.test.type('Say hi');
    panel.test.endInput();
    expect(await run(panel, 'run', '-')).toBe(0);
    expect(panel.tasks.get('task1').prompt).toBe('Say hi');
  });

  it('says how to approve what the workspace would start when nobody can be asked', async () => {
    const panel = fixture();
    const { id } = panel.ask(panel.addTask('x').id, writeAsk('a'), 'content');
    Object.assign(panel.services, { startTask: async () => ({ kind: 'needsApproval', approvalId: id }) });
    expect(await run(panel, 'run', 'Work')).toBe(3);
    expect(panel.test.err()).toContain('claude-panel approve content');
  });
});
