import type { Approval } from '../../../core/approvals/approval.ts';
import { isFinal, isLive, type Task } from '../../../core/tasks/task.ts';

/** What the panel itself knows, as lines of a standup. */
interface PanelHistory {
  readonly done: readonly string[];
  readonly inFlight: readonly string[];
  readonly blocked: readonly string[];
}

const LONGEST = 200;

/** The tasks that ended since then, those that have not, and what waits for a person. Pure. */
export function panelHistory(tasks: readonly Task[], pending: readonly Approval[], since: number): PanelHistory {
  const recent = tasks.filter(({ status, archived }) => (isFinal(status) ? status.ended >= since : !archived));
  const waitsFor = (id: string): boolean => pending.some(({ taskId }) => taskId === id);
  return {
    done: recent.filter(({ status }) => status.state === 'succeeded').map(task => lineOf(task, filesOf(task))),
    inFlight: recent
      .filter(({ status, id }) => !isFinal(status) && !waitsFor(id))
      .map(task => lineOf(task, isLive(task.status) ? task.activity : task.status.state)),
    blocked: [
      ...pending.map(({ taskTitle, taskId, subject }) =>
        oneLine(
          `${taskTitle} (${taskId === undefined ? '' : `task ${taskId} `}waits for an answer: ${askedBy(subject)})`,
        ),
      ),
      ...recent
        .filter(({ status }) => isFinal(status) && status.state !== 'succeeded')
        .map(task => lineOf(task, endedBadly(task))),
    ],
  };
}

/** All facts of a standup as text, each part under its heading; what could not be looked at is said at the end. Pure. */
export function standupText(facts: {
  readonly since: Date;
  readonly parts: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly notes: readonly string[];
}): string {
  const { since, parts, notes } = facts;
  return [
    `Since ${localDay(since)}`,
    ...parts.flatMap(({ title, lines }) => [
      '',
      `# ${title}`,
      ...(lines.length === 0 ? ['(nothing)'] : lines.map(line => `- ${line}`)),
    ]),
    ...(notes.length === 0 ? [] : ['', '# Not looked at', ...notes.map(note => `- ${note}`)]),
  ].join('\n');
}

/** Each fact is one line, and otherwise as it is. */
export function oneLine(text: string): string {
  const line = text.replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** Such as `2026-11-20`, in local time. */
export function localDay(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function lineOf({ id, title }: Task, more: string): string {
  return oneLine(`${title} (task ${id}${more === '' ? '' : `: ${more}`})`);
}

function filesOf({ files }: Task): string {
  const names = files.slice(0, 5).map(({ path }) => path);
  return names.length === 0
    ? ''
    : `changed ${names.join(', ')}${files.length > 5 ? ` and ${files.length - 5} more` : ''}`;
}

function askedBy(subject: Approval['subject']): string {
  switch (subject.kind) {
    case 'tool':
      return `may it use ${subject.displayName}?`;
    case 'question':
      return subject.questions.map(({ question }) => question).join(' ');
    case 'plan':
      return 'is the plan good?';
    case 'gate':
      return subject.message;
    case 'elicitation':
      return subject.message;
    case 'workspaceContent':
      return subject.headline;
  }
}

function endedBadly({ status }: Task): string {
  return status.state === 'failed' ? `failed: ${status.failure.message}` : `ended: ${status.state}`;
}
