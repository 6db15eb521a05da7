import type { ChainDetail, ChainStep } from '../../../src/protocol/chainView.ts';
import { FakeExtension } from './fakeExtension.ts';
import { approval, chain, chainDetail, chainStep, NOW, task } from './samples.ts';
import type { Scene } from './scenes.ts';

export const AUDIT_STEPS: readonly ChainStep[] = [
  chainStep('dependencies', {
    title: 'Dependencies',
    kind: 'run',
    state: 'succeeded',
    startedAt: NOW - 95_000,
    endedAt: NOW - 83_000,
    canRunAgain: true,
  }),
  chainStep('secrets', {
    title: 'Secrets',
    kind: 'action',
    state: 'succeeded',
    startedAt: NOW - 95_000,
    endedAt: NOW - 91_800,
    canRunAgain: true,
  }),
  chainStep('risky', {
    title: 'Risky code',
    state: 'running',
    startedAt: NOW - 95_000,
    attempt: 1,
    costUsd: 0.28,
    taskIds: ['review'],
    note: 'reading src/auth',
  }),
  chainStep('merge', { title: 'Merge the findings', kind: 'action', needs: ['dependencies', 'secrets', 'risky'] }),
  chainStep('gate', { title: 'Write the report?', kind: 'approve', needs: ['merge'] }),
  chainStep('report', { title: 'Report', needs: ['gate'] }),
];

const FINDINGS = `**3 findings**, one of them high.

| Severity | Where |
| --- | --- |
| high | src/auth/token.ts:41 |
| low | src/server.ts:12 |
| low | package.json:20 |

The report goes to \`security/report.md\`.`;

export const GATE = approval(
  'gate',
  { kind: 'gate', step: 'Write the report?', message: 'Write these findings into a report?', shown: FINDINGS },
  {
    taskTitle: 'Security Audit',
    chainId: 'audit',
    why: '',
    blocks: 'The chain waits for it.',
    choices: [
      { id: 'approveGate', label: 'Approve', role: 'primary' },
      { id: 'deny', label: 'Deny', role: 'deny' },
    ],
  },
);
delete (GATE as { taskId?: string }).taskId;

export function audit(change: Partial<ChainDetail> = {}): FakeExtension {
  const extension = new FakeExtension();
  extension.now = NOW;
  extension.tasks = [
    task('review', {
      title: 'Risky code',
      activity: 'reading src/auth',
      agentsRunning: 2,
      costUsd: 0.28,
      runningSince: NOW - 94_000,
    }),
    task('slow', { title: 'Why is the import slow?', activity: 'Running npm run profile', runningSince: NOW - 18_000 }),
    task('standup', { title: 'Daily standup', state: 'succeeded', ended: NOW - 3_600_000, workedMs: 21_000 }),
  ];
  extension.chains = [
    chain('audit', {
      title: 'Security Audit',
      command: 'global:security-audit',
      activity: 'Risky code',
      stepsDone: 2,
      stepsTotal: 6,
      costUsd: 0.31,
      taskIds: ['review'],
    }),
    chain('old-audit', {
      title: 'Release notes',
      command: 'project:release-notes',
      state: 'failed',
      stepsDone: 2,
      stepsTotal: 4,
      created: NOW - 8_000_000,
      ended: NOW - 7_900_000,
      failure: {
        family: 'chain',
        reason: 'stepFailed',
        message: 'The step "tag" failed: the tag v2.1.0 exists already.',
      },
    }),
  ];
  extension.chainDetails.set(
    'audit',
    chainDetail('audit', {
      description: 'Dependencies, secrets and risky code, side by side; then a report.',
      inputs: [{ name: 'Depth', value: 'thorough' }],
      steps: [...AUDIT_STEPS],
      chosen: {
        stepId: 'dependencies',
        does: 'npm audit --json',
        output: '{\n  "auditReportVersion": 2,\n  "vulnerabilities": {},\n  "metadata": { "total": 0 }\n}',
        outputIsCut: false,
        chains: [],
      },
      ...change,
    }),
  );
  return extension;
}

function withStep(id: string, change: Partial<ChainStep>): ChainStep[] {
  return AUDIT_STEPS.map(step => (step.id === id ? { ...step, ...change } : step));
}

export function atTheGate(): FakeExtension {
  const steps = AUDIT_STEPS.map(step => {
    switch (step.id) {
      case 'risky':
        return { ...step, state: 'succeeded' as const, endedAt: NOW - 30_000, note: '', canRunAgain: true };
      case 'merge':
        return { ...step, state: 'succeeded' as const, startedAt: NOW - 30_000, endedAt: NOW - 29_960 };
      case 'gate':
        return { ...step, state: 'asking' as const, startedAt: NOW - 29_000, attempt: 1 };
      default:
        return step;
    }
  });
  const extension = audit({ steps });
  extension.approvals = [GATE];
  extension.chains = extension.chains.map(each =>
    each.id === 'audit' ? { ...each, activity: 'Waits for you', pendingApprovals: 1, stepsDone: 4 } : each,
  );
  extension.tasks = extension.tasks.map(each =>
    each.id === 'review' ? { ...each, state: 'succeeded', ended: NOW - 30_000, workedMs: 64_000, activity: '' } : each,
  );
  return extension;
}

export function failed(): FakeExtension {
  const failure = {
    family: 'chain',
    reason: 'exitCode',
    message: 'npm audit ended with code 1.',
    detail: 'npm error code ENOLOCK',
    remedy: 'Run npm install first, then run this step again.',
  };
  const steps = withStep('dependencies', { state: 'failed', note: failure.message }).map(step =>
    ['merge', 'gate', 'report'].includes(step.id)
      ? { ...step, state: 'skipped' as const, note: 'Dependencies failed.' }
      : step.id === 'risky'
        ? { ...step, state: 'retrying' as const, attempt: 2, nextAt: NOW + 8000 }
        : step,
  );
  return audit({
    steps,
    chosen: { stepId: 'dependencies', does: 'npm audit --json', output: '', outputIsCut: false, failure, chains: [] },
  });
}

export function planned(): FakeExtension {
  const extension = audit({
    id: 'plan',
    steps: AUDIT_STEPS.map(({ id, title, kind, needs }) => chainStep(id, { title, kind, needs })),
  });
  const detail = extension.chainDetails.get('audit');
  if (detail !== undefined) {
    extension.chainDetails.set('plan', detail);
  }
  extension.chains.push(
    chain('plan', {
      title: 'Security Audit',
      command: 'global:security-audit',
      state: 'planned',
      stepsTotal: 6,
      costUsd: 0,
    }),
  );
  return extension;
}

export function manySteps(): FakeExtension {
  const steps = Array.from({ length: 50 }, (_, place) =>
    chainStep(`s${place}`, {
      title: `Step number ${place} with a name that is long`,
      kind: (['prompt', 'run', 'command', 'action', 'approve'] as const)[place % 5] ?? 'run',
      needs:
        place === 0
          ? []
          : place % 7 === 0
            ? [`s${place - 1}`, `s${Math.max(0, place - 5)}`]
            : [`s${Math.floor((place - 1) / 3)}`],
      state: place < 20 ? 'succeeded' : place < 24 ? 'running' : 'waiting',
      ...(place < 20 ? { startedAt: NOW - 60_000, endedAt: NOW - 50_000 + place * 100 } : {}),
      ...(place >= 20 && place < 24 ? { startedAt: NOW - 9000, attempt: 1 } : {}),
    }),
  );
  return audit({ steps });
}

const openAudit: NonNullable<Scene['act']> = async page => {
  await page.getByRole('treeitem', { name: /^Security Audit, chain/ }).click();
  await page.locator('panel-chain-view').waitFor();
};

const choose =
  (name: RegExp): NonNullable<Scene['act']> =>
  async (page, extension) => {
    await openAudit(page, extension);
    await page.getByRole('button', { name }).click();
    await page.locator('.details').waitFor();
  };

const revealPlan: NonNullable<Scene['act']> = async (page, extension) => {
  await extension.send({ type: 'reveal', target: { kind: 'chain', chainId: 'plan' } });
  await page.getByText('Nothing has started').waitFor();
};

export const CHAIN_SCENES: readonly Scene[] = [
  { name: 'chain-rows', extension: () => audit() },
  {
    name: 'chain-row-unfolded',
    extension: () => atTheGate(),
    act: async page => {
      await page.getByRole('treeitem', { name: /^Security Audit, chain/ }).focus();
      await page.keyboard.press('ArrowRight');
    },
  },
  { name: 'chain-list', extension: () => audit(), act: choose(/^Dependencies, Program/) },
  { name: 'chain-list-gate', extension: () => atTheGate(), act: openAudit },
  { name: 'chain-list-failed', extension: () => failed(), act: choose(/^Dependencies, Program/) },
  { name: 'chain-graph', surface: 'editor', extension: () => audit(), act: choose(/^Dependencies, Program/) },
  { name: 'chain-graph-gate', surface: 'editor', extension: () => atTheGate(), act: openAudit },
  { name: 'chain-graph-failed', surface: 'editor', extension: () => failed(), act: choose(/^Dependencies, Program/) },
  { name: 'chain-graph-many', surface: 'editor', extension: () => manySteps(), act: openAudit },
  { name: 'chain-planned', surface: 'editor', extension: () => planned(), act: revealPlan },
];
