import type { ApprovalCard } from '../../../src/protocol/approvalView.ts';
import type { DiffView } from '../../../src/protocol/transcriptView.ts';
import { FakeExtension } from './fakeExtension.ts';
import { approval, NOW, task } from './samples.ts';

export const EDIT_DIFF: DiffView = {
  path: 'src/server.ts',
  added: 18,
  removed: 2,
  hiddenLines: 0,
  lines: [
    { kind: 'kept', text: 'app.use(json());' },
    { kind: 'removed', text: 'app.listen(3000);' },
    { kind: 'added', text: "app.get('/health', health);" },
    { kind: 'added', text: 'const server = app.listen(port);' },
    ...Array.from({ length: 14 }, (_, line) => ({ kind: 'added' as const, text: `  step(${line});` })),
  ],
};

export function editCard(id = 'edit'): ApprovalCard {
  return approval(id, {
    kind: 'tool',
    toolName: 'Edit',
    headline: 'Edit',
    target: 'src/server.ts',
    input: JSON.stringify({ file_path: 'src/server.ts', old_string: 'app.listen(3000);', new_string: '…' }, null, 2),
    diff: EDIT_DIFF,
    editable: true,
    hasHiddenCharacters: false,
  });
}

const question = approval(
  'runner',
  {
    kind: 'question',
    questions: [
      {
        question: 'Which runner should the new tests use?',
        header: 'Runner',
        multiSelect: false,
        options: [
          { label: 'vitest', description: '' },
          { label: 'node:test', description: '' },
        ],
      },
    ],
  },
  {
    taskId: 'runner',
    taskTitle: 'Upgrade the test runner',
    why: '',
    blocks: '',
    created: NOW - 30_000,
    choices: [
      { id: 'submitAnswers', label: 'Answer', role: 'primary' },
      { id: 'deny', label: 'Decline', role: 'deny' },
    ],
  },
);

/** A working day: tasks in every state, and two requests. */
export function busyList(): FakeExtension {
  const extension = new FakeExtension();
  extension.now = NOW;
  extension.tasks = [
    task('health', {
      title: 'Add a health endpoint',
      state: 'waiting',
      activity: 'Waits for you',
      pendingApprovals: 1,
      costUsd: 0.12,
      runningSince: NOW - 102_000,
      todosDone: 3,
      todosTotal: 5,
      filesChanged: 3,
      toolCalls: 9,
    }),
    task('audit', {
      title: 'Security audit',
      activity: 'reading src/auth',
      agentsRunning: 2,
      costUsd: 0.31,
      runningSince: NOW - 245_000,
      todosDone: 2,
      todosTotal: 4,
      created: NOW - 250_000,
    }),
    task('slow', {
      title: 'Why is the import slow?',
      activity: 'Running npm run profile',
      costUsd: 0.04,
      runningSince: NOW - 18_000,
    }),
    task('notes', { title: 'Write the release notes', state: 'queued', activity: 'after Security audit', costUsd: 0 }),
    task('docs', {
      title: 'Translate the documentation',
      state: 'paused',
      activity: 'Paused by you',
      workedMs: 64_000,
    }),
    task('standup', {
      title: 'Daily standup',
      state: 'succeeded',
      costUsd: 0.02,
      workedMs: 21_000,
      ended: NOW - 3_600_000,
      unread: true,
    }),
    task('esm', {
      title: 'Migrate to ESM',
      state: 'failed',
      costUsd: 0.88,
      workedMs: 552_000,
      ended: NOW - 7_200_000,
      failure: { family: 'task', reason: 'loop', message: 'Stopped by the guard: the same edit 6 times' },
      undo: { undone: 'all', canFork: false },
    }),
    task('old', {
      title: 'Add dark mode to the settings page of the web shop',
      state: 'succeeded',
      costUsd: 1.2,
      workedMs: 3_725_000,
      ended: NOW - 90_000_000,
      created: NOW - 100_000_000,
      undo: { undone: 'lastRun', canFork: true },
    }),
  ];
  extension.approvals = [editCard(), question];
  return extension;
}
