import type { JsonObject, JsonValue } from '../../base/json.ts';
import { hasHiddenCharacters } from '../../base/visibleText.ts';
import { describeSettled } from '../../core/approvals/answerDecision.ts';
import type { Approval, ApprovalChoice, ApprovalSubject } from '../../core/approvals/approval.ts';
import type { Paint } from '../terminal/palette.ts';
import { oneLine, plainText } from '../terminal/plainText.ts';
import { formatAge, formatDuration } from '../terminal/quantities.ts';

/** What is asked in a few words, such as `Write` or `2 questions`. Untrusted text. */
export function approvalTitle(subject: ApprovalSubject): string {
  switch (subject.kind) {
    case 'tool':
      return subject.displayName;
    case 'question':
      return subject.questions.length === 1 ? 'Question' : `${subject.questions.length} questions`;
    case 'plan':
      return 'Plan';
    case 'elicitation':
      return `Form from ${subject.server}`;
    case 'workspaceContent':
      return subject.headline;
    case 'gate':
      return `Gate: ${subject.message}`;
  }
}

/** The whole card as lines: nothing is left out, and hidden characters are visible. */
export function approvalCard(approval: Approval, paint: Paint, now: number): readonly string[] {
  const { subject } = approval;
  const field = (name: string, value: string): string => `  ${paint('dim', name.padEnd(9))} ${oneLine(value)}`;
  return [
    `${paint('bold', oneLine(approvalTitle(subject)))}  ${paint('dim', `approval ${approval.id}`)}`,
    field(subject.kind === 'gate' ? 'Chain' : 'Task', askerOf(approval)),
    field('Folder', approval.folder),
    ...(approval.agent === undefined ? [] : [field('Agent', approval.agent)]),
    ...(subject.kind === 'tool' && subject.mcpServer !== undefined ? [field('MCP', subject.mcpServer)] : []),
    ...(subject.kind === 'tool' && subject.blockedPath !== undefined ? [field('Path', subject.blockedPath)] : []),
    field('Why', approval.why),
    field('Blocks', approval.blocks),
    field('Asked', formatAge(now - approval.created)),
    ...(approval.deadline === undefined || approval.status.state !== 'pending'
      ? []
      : [field('Denied in', formatDuration(approval.deadline - now))]),
    ...(approval.status.state === 'pending' ? [] : [field('Settled', describeSettled(approval))]),
    ...(hidesSomething(subject) ? [paint('red', '  It holds hidden characters. They are shown as ⟨U+…⟩.')] : []),
    ...subjectLines(subject, paint).map(line => `  ${line}`),
    ...(approval.status.state === 'pending' ? approval.choices.map(choice => `  ${choiceLine(choice, paint)}`) : []),
  ];
}

function askerOf({ subject, taskId, taskTitle }: Approval): string {
  const id = subject.kind === 'gate' ? subject.chainId : taskId;
  return id === undefined ? taskTitle : `${taskTitle} (${id})`;
}

function choiceLine(choice: ApprovalChoice, paint: Paint): string {
  const rule =
    choice.rule === undefined ? '' : `: ${oneLine(choice.rule)} (kept in ${oneLine(choice.savedIn ?? 'the task')})`;
  return `${paint('dim', '--choice')} ${choice.id.padEnd(12)} ${oneLine(choice.label)}${rule}`;
}

function hidesSomething(subject: ApprovalSubject): boolean {
  return textsOf(subject as unknown as JsonValue).some(
    text => hasHiddenCharacters(text) || text.replaceAll('\r\n', '').includes('\r'),
  );
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(textsOf);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)])
    : [];
}

function subjectLines(subject: ApprovalSubject, paint: Paint): readonly string[] {
  switch (subject.kind) {
    case 'tool':
      return inputLines(subject.input, paint);
    case 'question':
      return subject.questions.flatMap(({ question, multiSelect, options }, index) => [
        `${subject.questions.length > 1 ? `${index + 1}. ` : ''}${oneLine(question)}${multiSelect ? paint('dim', ' (several)') : ''}`,
        ...options.map(
          ({ label, description }, place) =>
            `  ${place + 1}  ${oneLine(label)}${description === '' ? '' : paint('dim', `  ${oneLine(description)}`)}`,
        ),
      ]);
    case 'plan':
      return block(subject.plan, '');
    case 'elicitation':
      return [
        ...(subject.title === undefined ? [] : block(subject.title, '')),
        ...block(subject.message, ''),
        ...(subject.url === undefined
          ? []
          : [`${paint('dim', 'Open this page only if you trust it:')} ${oneLine(subject.url)}`]),
        ...(Object.keys(subject.schema).length === 0 ? [] : inputLines({ form: subject.schema }, paint)),
      ];
    case 'workspaceContent':
      return [
        ...subject.files.map(file => `${paint('dim', 'file')}   ${oneLine(file)}`),
        ...subject.grants.map(grant => `${paint('dim', 'grants')} ${oneLine(grant)}`),
        ...block(subject.content, '  '),
      ];
    case 'gate':
      return [
        ...block(subject.message, ''),
        ...(subject.shown === undefined ? [] : [paint('dim', 'shown:'), ...block(subject.shown, '  ')]),
      ];
  }
}

/** Every field of a tool's input; what an edit takes away and puts in reads as a diff. */
function inputLines(input: JsonObject, paint: Paint): readonly string[] {
  return Object.entries(input).flatMap(([key, value]) => {
    const name = `${paint('dim', `${oneLine(key)}:`)}`;
    if (key === 'old_string' && typeof value === 'string') {
      return [name, ...block(value, '- ').map(line => paint('red', line))];
    }
    if ((key === 'new_string' || key === 'content') && typeof value === 'string') {
      return [name, ...block(value, '+ ').map(line => paint('green', line))];
    }
    if (typeof value === 'string') {
      return value.includes('\n') ? [name, ...block(value, '  ')] : [`${name} ${plainText(value)}`];
    }
    return typeof value === 'object' && value !== null
      ? [name, ...block(JSON.stringify(value, undefined, 2), '  ')]
      : [`${name} ${String(value)}`];
  });
}

function block(text: string, mark: string): readonly string[] {
  return plainText(text)
    .replace(/\n$/, '')
    .split('\n')
    .map(line => `${mark}${line}`);
}
