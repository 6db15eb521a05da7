import { visibleText } from '../../base/visibleText.ts';
import type { ChainFact } from '../../core/chains/chainFact.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import { stepOf } from '../../core/chains/graph.ts';
import type { Commit } from '../../core/tasks/panelLog.ts';
import type { TranscriptEntry } from '../../core/tasks/transcript.ts';
import { textOf } from '../presenters/chainDetail.ts';
import { oneLine } from '../presenters/shownText.ts';

const LONGEST_LINE = 400;

/** What a terminal follows: a task, or a chain with the tasks of its steps. */
export type Followed = { readonly kind: 'task'; readonly id: string } | { readonly kind: 'chain'; readonly id: string };

/** What one commit says of it, line by line. Untrusted text has no control characters any more. */
export function progressLines(commit: Commit, followed: Followed): readonly string[] {
  const run = followed.kind === 'chain' ? commit.chains.find(({ id }) => id === followed.id) : undefined;
  const steps = commit.events
    .filter(({ subject }) => run !== undefined && subject === run.id)
    .flatMap(event => (run === undefined ? [] : stepLines(event as unknown as ChainFact, run)));
  const entries = commit.transcript
    .filter(({ taskId }) => followed.kind === 'task' && taskId === followed.id)
    .flatMap(({ entry }) => entryLines(entry));
  const asked = commit.approvals
    .filter(
      ({ status, taskId, subject }) =>
        status.state === 'pending' &&
        (followed.kind === 'task'
          ? taskId === followed.id
          : subject.kind === 'gate' && subject.chainId === followed.id),
    )
    .map(
      ({ subject, taskTitle }) =>
        `? ${subject.kind === 'gate' ? shown(subject.message) : shown(taskTitle)}: waits for you in the panel`,
    );
  return [...steps, ...entries, ...asked];
}

function stepLines(fact: ChainFact, run: ChainRun): readonly string[] {
  const nameOf = (id: string): string => shown(stepOf(run, id)?.title ?? id);
  switch (fact.type) {
    case 'claude-panel.chain.stepStarted': {
      const { attempt, stepId } = fact.data;
      return [`▶ ${nameOf(stepId)}${attempt > 1 ? `, try ${attempt}` : ''}`];
    }
    case 'claude-panel.chain.stepSucceeded':
      return [`✓ ${nameOf(fact.data.stepId)}`];
    case 'claude-panel.chain.stepFailed':
      return [`✗ ${nameOf(fact.data.stepId)}: ${shown(fact.data.failure.message)}`];
    case 'claude-panel.chain.stepRetrying':
      return [`↻ ${nameOf(fact.data.stepId)}: ${shown(fact.data.failure.message)}`];
    case 'claude-panel.chain.stepSkipped':
      return [`– ${nameOf(fact.data.stepId)}: skipped. ${shown(fact.data.why)}`];
    default:
      return [];
  }
}

function entryLines(entry: TranscriptEntry): readonly string[] {
  if (entry.parentToolUseId !== undefined) {
    return [];
  }
  switch (entry.kind) {
    case 'text':
      return visibleText(entry.text).split('\n');
    case 'tool':
      return entry.status === 'running' ? [`▶ ${shown(entry.name)} ${shown(entry.summary)}`] : [];
    case 'notice':
      return [`! ${shown(entry.text)}`];
    default:
      return [];
  }
}

/** What a chain gave: the output of its last step that ended well. */
export function lastOutput(run: ChainRun): readonly string[] {
  const outputs = Object.values(run.steps).flatMap(status =>
    status.state === 'succeeded' ? [{ at: status.endedAt, text: textOf(status.output) }] : [],
  );
  const last = outputs.toSorted((one, other) => one.at - other.at).at(-1);
  return last === undefined ? [] : visibleText(last.text).split('\n');
}

function shown(text: string): string {
  return oneLine(text, LONGEST_LINE);
}
