import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../../src/cli/program.ts';
import { waitFor } from '../../../harness/waitFor.ts';
import { PanelFixture, questionAsk } from '../panelFixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'panel-'));
  mkdirSync(path.join(folder, '.claude-panel'));
  writeFileSync(path.join(folder, '.claude-panel', 'panel.db'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const fixture = () => new PanelFixture({ folder });
const isListening = (panel: PanelFixture) =>
  waitFor('the command', () => panel.signals.listenerCount('SIGINT') > 0, 5000);
const run = (panel: PanelFixture, ...words: string[]) => execute(words, panel.context);

describe('claude-panel', () => {
  it('prints version and help without opening a workspace', async () => {
    const panel = fixture();
    const context = { ...panel.context, openPanel: () => Promise.reject(new Error('opened')) };
    expect(await execute(['--version'], context)).toBe(0);
    expect(await execute(['run', '--help'], context)).toBe(0);
    expect(panel.test.out()).toMatch(/^\d+\.\d+\.\d+\nclaude-panel run/);
  });

  it('says how it is used when nothing was asked for', async () => {
    const panel = fixture();
    expect(await run(panel)).toBe(2);
    expect([panel.test.out(), panel.test.err()]).toEqual(['', expect.stringContaining('Commands:')]);
  });

  it('tells what happened and what to do, never a stack', async () => {
    const panel = fixture();
    expect(await run(panel, 'show', 'nope')).toBe(2);
    expect(panel.test.err()).toBe(
      'There is no task or chain nope in this workspace.\nclaude-panel list --all shows them.\n',
    );
    const context = { ...panel.context, openPanel: () => Promise.reject(new TypeError('x is not a function')) };
    expect(await execute(['list'], context)).toBe(1);
    expect(panel.test.err()).not.toContain('at ');
  });
});

describe('list', () => {
  it('lists tasks newest first, without archived ones', async () => {
    const panel = fixture();
    const old = panel.addTask('Old one');
    panel.clock.advance(120_000);
    panel.addTask('New one');
    panel.succeed(panel.addTask('Done and gone').id);
    panel.tasks.archive('task3', panel.services.actor('panel'));
    expect(await run(panel, 'list')).toBe(0);
    const lines = panel.test.out().trimEnd().split('\n');
    expect(lines.map(line => line.split(/ {2,}/).at(-1))).toEqual(['TITLE', 'New one', 'Old one']);
    expect(lines[2]).toMatch(new RegExp(`^${old.id} +queued +safe +2 min ago`));
  });

  it('prints the columns of the table as JSON', async () => {
    const panel = fixture();
    const task = panel.addTask('Say hi');
    panel.startRunning(task.id);
    panel.succeed(task.id);
    expect(await run(panel, 'list', '--json')).toBe(0);
    expect(JSON.parse(panel.test.out())).toEqual([
      {
        kind: 'task',
        id: task.id,
        title: 'Say hi',
        state: 'succeeded',
        profile: 'safe',
        session_id: 'session-1',
        cwd: '/work',
        model: 'sonnet',
        cost_usd: 0,
        created: panel.clock.now(),
        ended: panel.clock.now(),
        owner_host: null,
        archived: false,
      },
    ]);
  });

  it('shows only one state when asked, and archived tasks with --all', async () => {
    const panel = fixture();
    panel.addTask('Waits');
    panel.succeed(panel.addTask('Done').id);
    panel.tasks.archive('task2', panel.services.actor('panel'));
    await run(panel, 'list', '--all', '--state', 'succeeded', '--json');
    expect(JSON.parse(panel.test.out()).map((row: { id: string }) => row.id)).toEqual(['task2']);
  });

  it('stores nothing in a folder that never had a task', async () => {
    const empty = mkdtempSync(path.join(os.tmpdir(), 'empty-'));
    const panel = fixture();
    const context = { ...panel.context, directory: empty, openPanel: () => Promise.reject(new Error('opened')) };
    expect(await execute(['list', '--json'], context)).toBe(0);
    expect(JSON.parse(panel.test.out())).toEqual([]);
    rmSync(empty, { recursive: true });
  });
});

describe('show', () => {
  it('shows one task by the beginning of its id', async () => {
    const panel = fixture();
    const task = panel.addTask('Say hi');
    panel.startRunning(task.id);
    panel.ask(task.id);
    expect(await run(panel, 'show', 'tas')).toBe(0);
    expect(panel.test.out()).toMatch(/State +needs approval/);
    expect(panel.test.out()).toContain('claude-panel approvals approval-of-task1');
  });

  it('adds the whole transcript', async () => {
    const panel = fixture();
    const task = panel.addTask('Say hi');
    panel.append(task.id, { type: 'claude-panel.task.text', data: { messageId: 'm', text: 'Hi\u001b[2J' } });
    await run(panel, 'show', task.id, '--transcript');
    expect(panel.test.out()).toContain('> Say hi\n');
    expect(panel.test.out()).toContain('Hi⟨U+001B⟩[2J');
    const other = fixture();
    const same = other.addTask('Say hi');
    await run(other, 'show', same.id, '--transcript', '--json');
    expect(JSON.parse(other.test.out())).toMatchObject({ id: same.id, transcript: [{ kind: 'prompt' }] });
  });
});

describe('watch', () => {
  it('shows a finished task from its beginning and ends with its exit code', async () => {
    const panel = fixture();
    const task = panel.addTask('Say hi');
    panel.append(task.id, {
      type: 'claude-panel.task.failed',
      data: { failure: { family: 'claude', reason: 'x', message: 'It broke.', remedy: 'Mend it.' } },
    });
    expect(await run(panel, 'watch', task.id)).toBe(1);
    expect(panel.test.out()).toContain('It broke.\nMend it.');
  });

  it('follows a task to its end, as events', async () => {
    const panel = fixture();
    const task = panel.addTask('Say hi');
    const code = run(panel, 'watch', task.id, '--json');
    await isListening(panel);
    panel.startRunning(task.id);
    panel.succeed(task.id);
    expect(await code).toBe(0);
    const events = panel.test
      .out()
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events).toEqual(panel.log.events({ after: 0, limit: 100 }));
  });

  it('follows everything until Ctrl+C', async () => {
    const panel = fixture();
    panel.addTask('Before');
    const code = run(panel, 'watch', '--json');
    await isListening(panel);
    const task = panel.addTask('After');
    panel.signals.emit('SIGINT');
    expect(await code).toBe(130);
    expect(
      panel.test
        .out()
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).subject),
    ).toEqual([task.id]);
  });

  it('ends when nobody reads it any more', async () => {
    const panel = fixture();
    const code = run(panel, 'watch');
    await isListening(panel);
    panel.test.stdout.destroy(Object.assign(new Error('EPIPE'), { code: 'EPIPE' }));
    expect(await code).toBe(0);
  });
});

describe('approvals', () => {
  it('lists what waits, and shows one whole', async () => {
    const panel = fixture();
    const task = panel.addTask('Pick a database');
    const { id } = panel.ask(task.id, questionAsk());
    expect(await run(panel, 'inbox')).toBe(0);
    expect(panel.test.out()).toMatch(new RegExp(`${id} +Question +just now +Pick a database`));
    await run(panel, 'approvals', task.id);
    expect(panel.test.out()).toContain('2  SQLite  a file');
  });

  it('prints them as JSON, also when there are none', async () => {
    const panel = fixture();
    await run(panel, 'approvals', '--json');
    expect(JSON.parse(panel.test.out())).toEqual([]);
  });
});
