import fc from 'fast-check';
import type { ApprovalAnswer } from '../../../../src/core/approvals/approval.ts';
import type { TaskLogFact } from '../../../../src/core/tasks/taskFact.ts';
import { ada, approval, created, owner, starting, turnStarted } from '../../../contract/panelLog/sampleFacts.ts';

type Arbitraries = {
  [Type in TaskLogFact['type']]: fc.Arbitrary<Extract<TaskLogFact, { readonly type: Type }>['data']>;
};

/** Few values, so that facts meet: the end of a call that was started, an answer to what was asked. */
const id = fc.constantFrom('a', 'b', 'c');
const text = fc.string({ maxLength: 5 });
const usd = fc.double({ min: 0, max: 10, noNaN: true });
const time = fc.integer({ min: 0, max: 1_000_000 });
const by = fc.constant(ada);
const tokens = fc.record({
  inputTokens: fc.nat(1000),
  outputTokens: fc.nat(1000),
  cacheReadTokens: fc.nat(1000),
  cacheCreationTokens: fc.nat(1000),
});
const limits = fc.record({ minutes: fc.nat(60), usd, turns: fc.nat(9) }, { requiredKeys: [] });
const failure = fc.constant({ family: 'claude', reason: 'exited', message: 'It ended early.' });
const nothing = fc.constant({});
const message = fc.record({ id, text, by, state: fc.constant('queued' as const) });
const subject = fc.constantFrom(
  approval('a').subject,
  { kind: 'question', toolUseId: 'a', input: {}, questions: [] } as const,
  { kind: 'plan', toolUseId: 'a', input: {}, plan: 'First this.' } as const,
);
const answer: fc.Arbitrary<ApprovalAnswer> = fc.record({ choice: fc.constantFrom('allowOnce', 'deny') });
const outcome = fc.constantFrom('succeeded', 'interrupted', 'limit', 'failed');

const undoneFiles = fc.record({
  undoId: id,
  by,
  target: fc.constant({ kind: 'since', at: 5 } as const),
  title: text,
  taskIds: fc.constant([]),
  done: fc.nat(9),
  kept: fc.nat(9),
  failed: fc.nat(9),
  isWhole: fc.boolean(),
  roots: fc.constant([]),
});

const ARBITRARIES: Arbitraries = {
  'claude-panel.task.created': fc.record({ title: text, promptId: id }).map(given => createdData(given)),
  'claude-panel.task.starting': fc.record({ owner: fc.constant(owner), sessionId: id, resumes: fc.boolean() }),
  'claude-panel.task.processStarted': fc.record({ process: fc.record({ pid: fc.nat(99), started: text }) }),
  'claude-panel.task.ready': fc.record({ cliVersion: text, apiKeySource: text }, { requiredKeys: ['cliVersion'] }),
  'claude-panel.task.turnStarted': fc.record({ ...constants(turnStartedData()), sessionId: id }),
  'claude-panel.task.mcpChanged': fc.constant({ mcpServers: [{ name: 'files', status: 'connected' }] }),
  'claude-panel.task.permissionModeChanged': fc.record({ mode: text }),
  'claude-panel.task.text': fc.record(
    { messageId: id, text, parentToolUseId: id },
    { requiredKeys: ['messageId', 'text'] },
  ),
  'claude-panel.task.thinking': fc.record({ messageId: id, text }),
  'claude-panel.task.toolStarted': fc.record(
    { toolUseId: id, name: text, input: nothing, summary: text, parentToolUseId: id },
    { requiredKeys: ['toolUseId', 'name', 'input', 'summary'] },
  ),
  'claude-panel.task.toolEnded': fc.record(
    {
      toolUseId: id,
      outcome: fc.constantFrom('ok', 'error', 'denied'),
      output: text,
      outputTruncated: fc.boolean(),
      change: fc.record({
        path: id,
        added: fc.nat(9),
        removed: fc.nat(9),
        kind: fc.constantFrom('created', 'edited'),
        hunks: fc.constant([]),
        hiddenLines: fc.nat(9),
      }),
    },
    { requiredKeys: ['toolUseId', 'outcome', 'output', 'outputTruncated'] },
  ),
  'claude-panel.task.usage': fc.record(
    { messageId: fc.oneof(id, fc.uuid()), tokens, contextTokens: fc.nat(1000) },
    { requiredKeys: ['messageId', 'tokens'] },
  ),
  'claude-panel.task.cost': fc.record({ costUsd: fc.oneof(usd, fc.constant(Number.NaN)) }),
  'claude-panel.task.context': fc.record({ tokens: fc.nat(1000), window: fc.nat(1000) }),
  'claude-panel.task.todosChanged': fc.constant({ todos: [{ content: 'Test', status: 'pending' }] }),
  'claude-panel.task.agentChanged': fc.record({
    agent: fc.record({
      id,
      kind: text,
      description: text,
      status: fc.constantFrom('running', 'completed', 'failed', 'stopped'),
    }),
  }),
  'claude-panel.task.notice': fc.record({ level: fc.constantFrom('info', 'warning', 'error'), text }),
  'claude-panel.task.retrying': fc.record({ attempt: fc.nat(9), maxRetries: fc.nat(9), nextAt: time, reason: text }),
  'claude-panel.task.rateLimited': fc.record(
    { text, resetsAt: time, blocked: fc.boolean() },
    { requiredKeys: ['text', 'blocked'] },
  ),
  'claude-panel.task.silent': fc.record({ since: time }),
  'claude-panel.task.rateLimitLifted': nothing,
  'claude-panel.task.heard': nothing,
  'claude-panel.task.messageQueued': fc.record({ message }),
  'claude-panel.task.messageEdited': fc.record({ messageId: id, text }),
  'claude-panel.task.messageWithdrawn': fc.record({ messageId: id }),
  'claude-panel.task.messageSent': fc.record({ messageId: id }),
  'claude-panel.task.messageDelivered': fc.record({ messageId: id, text, by }),
  'claude-panel.task.turnEnded': fc.record(
    {
      outcome,
      text,
      costUsd: usd,
      durationMs: fc.nat(1000),
      turns: fc.nat(9),
      models: fc.constantFrom({}, { sonnet: { ...noTokens(), costUsd: 1 } }),
      failure,
    },
    { requiredKeys: ['outcome', 'text', 'costUsd', 'durationMs', 'turns', 'models'] },
  ),
  'claude-panel.task.stopping': fc.record({ stage: fc.constantFrom('interrupt', 'terminate', 'kill'), by }),
  'claude-panel.task.pausing': fc.record({ by }),
  'claude-panel.task.paused': fc.record(
    { cause: fc.constantFrom('person', 'hostClosed', 'hostLost'), by },
    { requiredKeys: ['cause'] },
  ),
  'claude-panel.task.continued': fc.record({ by, message, limits, reservedFor: id }, { requiredKeys: ['by'] }),
  'claude-panel.task.succeeded': fc.record({ result: text }),
  'claude-panel.task.failed': fc.record({ failure }),
  'claude-panel.task.stopped': fc.record({ by, leftOver: fc.nat(9) }),
  'claude-panel.task.timedOut': fc.record({ minutes: fc.nat(60) }),
  'claude-panel.task.overBudget': fc.record({ limit: fc.constantFrom('usd', 'turns'), limitValue: usd }),
  'claude-panel.task.renamed': fc.record({ title: text, by }, { requiredKeys: ['title'] }),
  'claude-panel.task.read': nothing,
  'claude-panel.task.archived': fc.record({ by }),
  'claude-panel.task.unarchived': fc.record({ by }),
  'claude-panel.approval.requested': fc
    .record({ approvalId: id, subject, created: time })
    .map(({ approvalId, ...given }) => ({ approval: approval(approvalId, given) })),
  'claude-panel.approval.answered': fc.record({ approvalId: id, at: time, by, answer, granted: fc.boolean(), text }),
  'claude-panel.approval.expired': fc.record({ approvalId: id, at: time }),
  'claude-panel.checkpoint.taken': fc.record({
    moment: fc.constantFrom('before', 'after'),
    attempt: fc.nat(2),
    hostId: id,
    snapshots: fc.array(
      fc.record({ root: id, id, failure, notCovered: fc.nat(3) }, { requiredKeys: ['root', 'notCovered'] }),
      {
        maxLength: 2,
      },
    ),
  }),
  'claude-panel.review.decided': fc.record({
    root: fc.constant('/w'),
    path: fc.string({ minLength: 1 }),
    decision: fc.constantFrom('accepted', 'putBack', 'open'),
    by: fc.constant({ surface: 'palette', name: 'Ada', hostId: 'h' } as const),
  }),
  'claude-panel.checkpoint.undone': undoneFiles,
  'claude-panel.checkpoint.redone': undoneFiles,
  'claude-panel.approval.withdrawn': fc.record({ approvalId: id, at: time, why: text }),
};

export const FACT_TYPES = Object.keys(ARBITRARIES) as readonly TaskLogFact['type'][];

const anyFact: fc.Arbitrary<TaskLogFact> = fc
  .constantFrom(...FACT_TYPES)
  .chain(type => (ARBITRARIES[type] as fc.Arbitrary<unknown>).map(data => ({ type, data }) as TaskLogFact));

/** What mostly happens, so that long sequences do not get stuck in one state. */
const usualFact: fc.Arbitrary<TaskLogFact> = fc.constantFrom(starting(), turnStarted, {
  type: 'claude-panel.task.continued',
  data: { by: ada },
});

export const anyFacts = fc.array(fc.oneof({ weight: 5, arbitrary: anyFact }, { weight: 1, arbitrary: usualFact }), {
  maxLength: 60,
});

function createdData(given: { readonly title: string; readonly promptId: string }) {
  const fact = created(given);
  return fact.type === 'claude-panel.task.created' ? fact.data : unreachable();
}

function turnStartedData() {
  return turnStarted.type === 'claude-panel.task.turnStarted' ? turnStarted.data : unreachable();
}

function constants<T extends object>(values: T): { [Key in keyof T]: fc.Arbitrary<T[Key]> } {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)])) as {
    [Key in keyof T]: fc.Arbitrary<T[Key]>;
  };
}

function noTokens() {
  return { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0 };
}

function unreachable(): never {
  throw new Error('The sample has another type.');
}
