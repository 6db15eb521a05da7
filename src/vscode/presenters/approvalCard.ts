import { hasHiddenCharacters, visibleText } from '../../base/visibleText.ts';
import type { Approval, ApprovalChoice, ChoiceId } from '../../core/approvals/approval.ts';
import { describeActor } from '../../core/events/actor.ts';
import type { ApprovalBody, ApprovalCard, ApprovalChoiceView } from '../../protocol/approvalView.ts';
import type { DiffView } from '../../protocol/transcriptView.ts';
import { shownFields } from './formFields.ts';
import { gateDiffs } from './gateDiffs.ts';
import { shownJson, shownText } from './shownText.ts';
import { toolHeadline } from './toolHeadline.ts';

/** Long enough for every command; a longer input, such as a whole file, is read in the diff editor. */
const LONGEST_INPUT = 100_000;

/** Tools whose proposal can be changed by the person before it is allowed. */
const EDITABLE_TOOLS: ReadonlySet<string> = new Set(['Edit', 'MultiEdit', 'Write', 'Bash', 'PowerShell']);

const ROLES: Record<ChoiceId, ApprovalChoiceView['role']> = {
  allowOnce: 'primary',
  allowTask: 'more',
  allowProject: 'more',
  deny: 'deny',
  submitAnswers: 'primary',
  approvePlan: 'primary',
  approvePlanAcceptEdits: 'more',
  sendBack: 'deny',
  submitForm: 'primary',
  declineForm: 'deny',
  approveContent: 'primary',
  approveGate: 'primary',
};

/** What was found in the folder when the card was made. */
export interface ApprovalSurroundings {
  readonly diff?: DiffView | undefined;
  readonly fileExists?: boolean | undefined;
}

export function presentApproval(approval: Approval, found: ApprovalSurroundings = {}): ApprovalCard {
  const { id, taskId, taskTitle, folder, agent, why, blocks, created, deadline, choices } = approval;
  return {
    id,
    ...(taskId === undefined ? {} : { taskId }),
    ...(approval.subject.kind === 'gate' ? { chainId: approval.subject.chainId } : {}),
    taskTitle: visibleText(taskTitle),
    ...(agent === undefined ? {} : { agent: visibleText(agent) }),
    folder,
    body: presentSubject(approval, found),
    why: visibleText(why),
    blocks: visibleText(blocks),
    created,
    ...(deadline === undefined ? {} : { deadline }),
    choices: choices.map(presentChoice),
    status: presentStatus(approval),
  };
}

export function presentChoice(choice: ApprovalChoice): ApprovalChoiceView {
  const { id, label, rule, savedIn } = choice;
  return {
    id,
    label,
    role: ROLES[id],
    ...(rule === undefined ? {} : { rule: visibleText(rule) }),
    ...(savedIn === undefined ? {} : { savedIn }),
  };
}

export function isEditable(approval: Approval): boolean {
  return approval.subject.kind === 'tool' && EDITABLE_TOOLS.has(approval.subject.toolName);
}

function presentSubject(approval: Approval, found: ApprovalSurroundings): ApprovalBody {
  const { subject, folder } = approval;
  switch (subject.kind) {
    case 'tool': {
      const { toolName, displayName, input } = subject;
      const shown = shownJson(input, LONGEST_INPUT);
      return {
        kind: 'tool',
        toolName: visibleText(toolName),
        ...toolHeadline({ toolName, displayName, input, folder, fileExists: found.fileExists }),
        input: shown.text,
        ...(found.diff === undefined ? {} : { diff: found.diff }),
        editable: isEditable(approval),
        hasHiddenCharacters: containsHidden(input),
      };
    }
    case 'question':
      return {
        kind: 'question',
        questions: subject.questions.map(({ question, header, multiSelect, options }) => ({
          question: visibleText(question),
          header: visibleText(header),
          multiSelect,
          options: options.map(option => ({
            label: visibleText(option.label),
            description: visibleText(option.description),
          })),
        })),
      };
    case 'plan':
      return { kind: 'plan', plan: shownText(subject.plan, LONGEST_INPUT).text };
    case 'elicitation':
      return {
        kind: 'elicitation',
        server: visibleText(subject.server),
        message: visibleText(subject.message),
        ...(subject.title === undefined ? {} : { title: visibleText(subject.title) }),
        fields: shownFields(subject),
        ...(subject.url === undefined ? {} : { url: subject.url }),
      };
    case 'workspaceContent':
      return {
        kind: 'workspaceContent',
        headline: visibleText(subject.headline),
        files: subject.files.map(visibleText),
        grants: subject.grants.map(visibleText),
        content: shownText(subject.content, LONGEST_INPUT).text,
      };
    case 'gate':
      return {
        kind: 'gate',
        step: visibleText(subject.stepId),
        message: visibleText(subject.message),
        ...shownAtGate(subject.shown),
      };
  }
}

function shownAtGate(shown: string | undefined): Pick<Extract<ApprovalBody, { kind: 'gate' }>, 'shown' | 'diffs'> {
  if (shown === undefined) {
    return {};
  }
  const diffs = gateDiffs(shown);
  return diffs === undefined ? { shown: shownText(shown, LONGEST_INPUT).text } : { diffs };
}

function presentStatus(approval: Approval): ApprovalCard['status'] {
  const { status, choices } = approval;
  switch (status.state) {
    case 'pending':
    case 'expired':
    case 'withdrawn':
      return status;
    case 'answered': {
      const { choice } = status.answer;
      const label = choices.find(other => other.id === choice)?.label ?? choice;
      return { state: 'answered', at: status.at, by: describeActor(status.by), choice, label };
    }
  }
}

function containsHidden(value: unknown): boolean {
  if (typeof value === 'string') {
    return hasHiddenCharacters(value);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).some(([key, inner]) => hasHiddenCharacters(key) || containsHidden(inner))
    : false;
}
