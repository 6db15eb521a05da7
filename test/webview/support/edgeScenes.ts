import type { ApprovalCard } from '../../../src/protocol/approvalView.ts';
import { busyList, EDIT_DIFF } from './busyList.ts';
import { atTheGate, GATE } from './chainScenes.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { longTask, openLongTask } from './longTask.ts';
import { chain, detail, facts, NOW, task } from './samples.ts';
import type { Scene } from './scenes.ts';

const LONG_TITLE = 'Move the customer import from the nightly batch to a queue, and keep the old reports readable';
export const LONG_PATH =
  'packages/customer-import/src/adapters/queue/consumers/reconciliation/retryPolicyWithBackoff.test.ts';

/** Names and paths longer than any view is wide. */
function longNames(): FakeExtension {
  const extension = longTask();
  extension.approvals = [];
  extension.tasks = [
    task('health', {
      title: LONG_TITLE,
      state: 'failed',
      profile: 'comprehensive-with-every-server',
      model: 'claude-sonnet-4-5-20250929',
      workedMs: 93_000,
      ended: NOW - 9000,
      filesChanged: 2,
      failure: {
        family: 'claude',
        reason: 'exit',
        message: 'Claude Code ended with code 1 before it answered.',
        remedy: `Run it once in a terminal in /home/kim/${LONG_PATH} to see why.`,
      },
      undo: { undone: 'some', files: 2, canFork: true },
    }),
  ];
  extension.details.set(
    'health',
    detail('health', {
      files: [
        { path: LONG_PATH, added: 1180, removed: 402, kind: 'edited' },
        { path: 'README.md', added: 1, removed: 0, kind: 'created' },
      ],
    }),
  );
  extension.chains = [chain('long', { title: LONG_TITLE, activity: LONG_TITLE, stepsDone: 1 })];
  return extension;
}

const HEALTH = facts({
  health: [
    { id: 'cli', level: 'ok', text: 'Claude Code 2.1.329, API key' },
    {
      id: 'snapshots',
      level: 'ok',
      text: '41 snapshots for undo, 212.4 MB of 2048 MB for each folder, kept for 14 days',
    },
    {
      id: 'snapshots-full',
      level: 'warning',
      text: 'The snapshots for undo of shop take 2310.7 MB, more than the 2048 MB that are set: those of the last day and of unfinished tasks stay.',
      remedy: 'Run "Claude: Free Snapshot Space…", or let git ignore large files that change often.',
      command: { id: 'claudePanel.freeSnapshotSpace', title: 'Free Space…' },
    },
    {
      id: 'auth',
      level: 'error',
      text: 'Claude Code is not signed in.',
      remedy: 'Sign in once in a terminal.',
      command: { id: 'claudePanel.signIn', title: 'Sign In' },
    },
  ],
});

/** A gate that shows a patch, as it waits in the chain. */
export function patchAtTheGate(): FakeExtension {
  const shown: ApprovalCard = {
    ...GATE,
    body: {
      kind: 'gate',
      step: 'Write the report?',
      message: 'Apply this patch?',
      diffs: [EDIT_DIFF, { ...EDIT_DIFF, path: LONG_PATH, lines: EDIT_DIFF.lines.slice(0, 3) }],
    },
  };
  return Object.assign(atTheGate(), { approvals: [shown] });
}

/** Much at once, long or wrong. */
export const EDGE_SCENES: readonly Scene[] = [
  { name: 'long-names', extension: longNames },
  {
    name: 'long-names-task',
    extension: longNames,
    act: async page => {
      await openLongTask(page);
      await page.locator('[data-tab="changes"]').click();
    },
  },
  {
    name: 'health',
    extension: () => Object.assign(busyList(), { approvals: [], facts: HEALTH }),
    act: async page => {
      await page.locator('panel-footer .health-button').click();
    },
  },
  {
    name: 'health-wide',
    surface: 'editor',
    extension: () => Object.assign(busyList(), { approvals: [], facts: HEALTH, surface: 'editor' }),
  },
  {
    name: 'failed-request',
    extension: () => {
      const extension = busyList();
      extension.approvals = [];
      extension.onRequest = () => ({
        failure: {
          family: 'task',
          reason: 'ownedElsewhere',
          message: 'The task runs in another window.',
          remedy: 'Stop it there, or wait until it is over.',
        },
      });
      return extension;
    },
    act: async page => {
      await page.locator('[data-task="audit"]').hover();
      await page.getByRole('button', { name: 'Stop: Security audit' }).click();
      await page.locator('panel-toasts .toast').waitFor();
    },
  },
  {
    name: 'chain-list-patch',
    extension: patchAtTheGate,
    act: async page => {
      await page.getByRole('treeitem', { name: /^Security Audit, chain/ }).click();
      await page.locator('panel-chain-view panel-approval-card').waitFor();
    },
  },
];
