import { describe, expect, it } from 'vitest';
import type { TaskStateView, TaskUndo } from '../../../../src/protocol/taskView.ts';
import { listEntries } from '../../../../src/webview/list/listEntries.ts';
import { chosenProfile, factsIn, mayRun, runReadiness } from '../../../../src/webview/list/runReadiness.ts';
import { activityText, spokenTask, taskLook } from '../../../../src/webview/list/taskLook.ts';
import { possibleActions, possibleChangeActions } from '../../../../src/webview/shell/taskActions.ts';
import { groupTasks } from '../../../../src/webview/state/taskGroups.ts';
import { chain, facts, NOW, task } from '../samples.ts';

describe('runReadiness', () => {
  const profile = facts().profiles[0];
  const health = (level: 'warning' | 'error') => [
    {
      id: 'cli',
      level,
      text: 'Claude Code was not found.',
      remedy: 'Install it.',
      command: { id: 'claudePanel.selectClaude', title: 'Select' },
    },
  ];

  it('is ready with a prompt in a trusted folder', () => {
    expect(runReadiness(facts(), profile, 'Do it').state).toBe('ready');
    expect(runReadiness(facts(), profile, ' \n ').state).toBe('empty');
  });

  it.each([
    ['no folder', facts({ hasFolder: false }), /folder/],
    ['no trust', facts({ trusted: false }), /not trusted/],
    ['no program', facts({ health: health('error') }), /not found\. Install it/],
  ])('says why it cannot run: %s', (_, given, reason) => {
    expect(runReadiness(given, profile, 'Do it')).toMatchObject({
      state: 'blocked',
      reason: expect.stringMatching(reason),
    });
  });

  it('names the fault of the profile, and refuses a text beyond all measure', () => {
    expect(runReadiness(facts(), facts().profiles[3], 'x')).toMatchObject({
      reason: expect.stringContaining('line 12'),
    });
    expect(runReadiness(facts(), profile, 'x'.repeat(200_001))).toMatchObject({
      reason: expect.stringContaining('too long'),
    });
  });

  it('may be run without Claude Code, so that the extension looks for it again', () => {
    const missing = facts({ health: health('error').map(item => ({ ...item, id: 'claude' })) });
    expect(mayRun(runReadiness(missing, profile, 'Do it'))).toBe(true);
    expect(mayRun(runReadiness(missing, profile, ' '))).toBe(false);
    expect(mayRun(runReadiness(facts({ health: health('error') }), profile, 'Do it'))).toBe(false);
  });

  it('knows the profiles of the folder that is chosen', () => {
    const own = facts().profiles.slice(1, 2);
    const several = facts({
      folders: [
        { name: 'a', path: '/a', profiles: facts().profiles, selectedProfile: 'speed' },
        { name: 'b', path: '/b', profiles: own, selectedProfile: own[0]?.name ?? '' },
      ],
    });
    expect(factsIn(several, '/b')).toMatchObject({ profiles: own, selectedProfile: own[0]?.name });
    expect(factsIn(several, undefined)).toBe(several);
    expect(factsIn(facts(), '/anything')?.profiles).toEqual(facts().profiles);
  });

  it('runs in spite of warnings', () => {
    expect(runReadiness(facts({ health: health('warning') }), profile, 'x').state).toBe('ready');
  });

  it('takes the profile picked here before the one that is selected', () => {
    expect(chosenProfile(facts(), 'speed')?.name).toBe('speed');
    expect(chosenProfile(facts(), 'gone')?.name).toBe('comprehensive');
    expect(chosenProfile(facts({ selectedProfile: 'gone' }), undefined)?.name).toBe('speed');
    expect(chosenProfile(undefined, undefined)).toBeUndefined();
  });
});

describe('a row', () => {
  it('has a look for every state', () => {
    const states: TaskStateView[] = [
      'queued',
      'starting',
      'running',
      'waiting',
      'paused',
      'succeeded',
      'failed',
      'stopped',
      'timedOut',
      'overBudget',
    ];
    expect(new Set(states.map(state => taskLook(task('a', { state, pendingApprovals: 1 })).word)).size).toBe(
      states.length,
    );
  });

  it('tells waiting for a person from waiting for a limit', () => {
    expect(taskLook(task('a', { state: 'waiting', pendingApprovals: 1 })).word).toBe('Waits for you');
    expect(taskLook(task('a', { state: 'waiting' })).word).toBe('Waits');
  });

  it('says what happens, with agents and steps', () => {
    const busy = task('a', { activity: 'reading src/auth', agentsRunning: 2, todosDone: 2, todosTotal: 4 });
    expect(activityText(busy)).toBe('2 agents · reading src/auth · 2 of 4 steps');
    expect(activityText(task('a', { stopping: { stage: 'kill', since: NOW } }))).toContain('by force');
    expect(activityText(task('a', { state: 'succeeded', activity: 'old news' }))).toBe('');
  });

  it('is whole in words', () => {
    const words = spokenTask(task('a', { title: 'Audit', workedMs: 62_000, unread: true, rehearsal: true }), NOW);
    expect(words).toBe('Audit, Working, Thinking, $0.10, 1 minute 2 seconds, not read yet, rehearsal');
  });

  it('says that it is undone, and offers what can be done about its changes', () => {
    const over = (undo: TaskUndo) => task('a', { state: 'succeeded', undo });
    expect(possibleChangeActions(task('a'))).toEqual([]);
    expect(possibleChangeActions(over({ canFork: false }))).toEqual(['undo', 'review']);
    expect(activityText(over({ canFork: false, undone: 'all' }))).toBe('Undone');
    expect(possibleChangeActions(over({ canFork: false, undone: 'all' }))).toEqual(['redo']);
    expect(activityText(over({ canFork: true, undone: 'lastRun' }))).toBe('Last run undone');
    expect(possibleChangeActions(over({ canFork: true, undone: 'lastRun' }))).toEqual([
      'redo',
      'forkFromBefore',
      'undo',
      'review',
    ]);
    const failure = { family: 'task', reason: 'loop', message: 'The same edit 6 times' };
    const partly = { ...over({ canFork: false, undone: 'some' }), state: 'failed', failure } as const;
    expect(activityText(partly)).toBe('Partly undone · The same edit 6 times');
    expect(possibleChangeActions(partly)).toEqual(['redo', 'undo', 'review']);
  });

  it('can be stopped in every state that is not final', () => {
    const states: TaskStateView[] = ['queued', 'starting', 'running', 'waiting', 'paused'];
    for (const state of states) {
      expect(possibleActions(task('a', { state }))).toContain('stop');
    }
    expect(possibleActions(task('a', { stopping: { stage: 'interrupt', since: NOW } }))).toEqual(['stop']);
    expect(possibleActions(task('a', { pausing: true }))).toEqual(['stop']);
    expect(possibleActions(task('a', { state: 'failed' }))).not.toContain('stop');
  });
});

describe('listEntries', () => {
  const groups = groupTasks([task('a'), task('b', { state: 'queued' })], NOW, false);

  it('is one row after another, folded groups without their tasks', () => {
    const entries = listEntries({
      groups,
      folded: ['working'],
      unfoldedChains: [],
      archivedCount: 0,
      showArchived: false,
      olderTasks: 0,
    });
    expect(entries.map(({ key }) => key)).toEqual(['group working', 'group queued', 'task b']);
  });

  it('shows the tasks of a chain below it once it is unfolded', () => {
    const withChain = groupTasks([task('a')], NOW, false, [chain('c', { taskIds: ['a'] })]);
    const keys = (unfoldedChains: string[]): string[] =>
      listEntries({
        groups: withChain,
        folded: [],
        unfoldedChains,
        archivedCount: 0,
        showArchived: false,
        olderTasks: 0,
      }).map(({ key }) => key);
    expect(keys([])).toEqual(['group working', 'chain c']);
    expect(keys(['c'])).toEqual(['group working', 'chain c', 'task a']);
  });

  it('offers older and archived tasks only when there are any', () => {
    const entries = listEntries({
      groups: [],
      folded: [],
      unfoldedChains: [],
      archivedCount: 2,
      showArchived: false,
      olderTasks: 40,
    });
    expect(entries.map(entry => (entry.kind === 'action' ? entry.label : ''))).toEqual([
      'Show older tasks (40)',
      'Show archived tasks (2)',
    ]);
  });
});
