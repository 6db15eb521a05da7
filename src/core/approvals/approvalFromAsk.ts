import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonicalJson.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ClaudeAsk } from '../claude/claudeAsk.ts';
import type { Approval, ApprovalChoice, ApprovalSubject } from './approval.ts';
import { toolChoices } from './toolChoices.ts';

/** Asks that a person answers; hooks are answered by the product. */
export type PersonAsk = Exclude<ClaudeAsk, { readonly kind: 'hook' }>;

interface AskContext {
  readonly id: string;
  readonly taskId: string;
  readonly taskTitle: string;
  readonly folder: string;
  readonly permissionMode: string;
  readonly profile: string;
  readonly now: number;
  readonly deadlineMs?: number;
  /** What the sub-agent works on, when it is one that asks. */
  readonly agent?: string;
}

/** Makes the durable question from what Claude Code asks. Pure. */
export function approvalFromAsk(ask: PersonAsk, context: AskContext): Approval {
  const { id, taskId, taskTitle, folder, now, deadlineMs, agent } = context;
  const reasonType = ask.kind === 'tool' ? ask.reason?.type : undefined;
  return {
    id,
    taskId,
    taskTitle,
    folder,
    subject: subjectOf(ask),
    fingerprint: askFingerprint(ask),
    why: whyAsked(ask, context),
    blocks:
      agent === undefined
        ? 'The task waits for it.'
        : `The sub-agent "${agent}" waits for it; the rest of the task goes on.`,
    choices: choicesOf(ask),
    created: now,
    status: { state: 'pending' },
    ...(agent === undefined ? {} : { agent }),
    ...(reasonType === undefined ? {} : { reasonType }),
    ...(deadlineMs === undefined ? {} : { deadline: now + deadlineMs }),
  };
}

/** Recognises the same ask when a resumed session asks it again under new ids. */
export function askFingerprint(ask: PersonAsk): string {
  const essence: JsonObject =
    ask.kind === 'elicitation'
      ? {
          kind: ask.kind,
          server: ask.server,
          message: ask.message,
          schema: ask.schema,
          ...(ask.url === undefined ? {} : { url: ask.url }),
        }
      : { kind: ask.kind, tool: ask.toolName, input: ask.input };
  return createHash('sha256').update(canonicalJson(essence)).digest('hex');
}

function subjectOf(ask: PersonAsk): ApprovalSubject {
  switch (ask.kind) {
    case 'tool': {
      const { toolName, displayName, toolUseId, input, mcpServer, blockedPath, requiresUser } = ask;
      return {
        kind: 'tool',
        toolName,
        displayName: displayName ?? toolName,
        toolUseId,
        input,
        ...(mcpServer === undefined ? {} : { mcpServer }),
        ...(blockedPath === undefined ? {} : { blockedPath }),
        ...(requiresUser ? { requiresUser } : {}),
      };
    }
    case 'question':
      return { kind: 'question', toolUseId: ask.toolUseId, input: ask.input, questions: ask.questions };
    case 'plan':
      return { kind: 'plan', toolUseId: ask.toolUseId, input: ask.input, plan: ask.plan };
    case 'elicitation': {
      const { server, message, title, schema, propertyOrder, url } = ask;
      return {
        kind: 'elicitation',
        server,
        message,
        schema,
        propertyOrder,
        ...(title === undefined ? {} : { title }),
        ...(url === undefined ? {} : { url }),
      };
    }
  }
}

function choicesOf(ask: PersonAsk): readonly ApprovalChoice[] {
  switch (ask.kind) {
    case 'tool':
      return toolChoices(ask);
    case 'question':
      return [
        { id: 'submitAnswers', label: 'Answer', grants: true, updates: [] },
        { id: 'deny', label: 'Do not answer', grants: false, updates: [] },
      ];
    case 'plan':
      return [
        { id: 'approvePlan', label: 'Approve', grants: true, updates: [] },
        {
          id: 'approvePlanAcceptEdits',
          label: 'Approve, accept edits',
          grants: true,
          updates: [{ type: 'setMode', mode: 'acceptEdits', destination: 'session' }],
          rule: 'mode acceptEdits: edits in the folder are not asked',
          savedIn: 'this task only',
        },
        { id: 'sendBack', label: 'Send back', grants: false, updates: [] },
      ];
    case 'elicitation':
      return [
        { id: 'submitForm', label: ask.url === undefined ? 'Send' : 'Continue', grants: true, updates: [] },
        { id: 'declineForm', label: 'Decline', grants: false, updates: [] },
      ];
  }
}

const EDITING = new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']);

function whyAsked(ask: PersonAsk, context: AskContext): string {
  if (ask.kind === 'question') {
    return 'Claude needs your decision to go on.';
  }
  if (ask.kind === 'plan') {
    return 'Claude has a plan and starts with it only when you agree.';
  }
  if (ask.kind === 'elicitation') {
    return `The MCP server "${ask.server}" asks for this.`;
  }
  if (ask.reason?.text !== undefined && ask.reason.text !== '') {
    return `Asked because: ${ask.reason.text.replace(/[.\s]+$/, '')}.`;
  }
  if (ask.reason?.type === 'sandboxOverride') {
    return 'Asked because the command wants to run outside the sandbox.';
  }
  const profile = `the profile "${context.profile}"`;
  if (ask.mcpServer !== undefined || ask.toolName.startsWith('mcp__')) {
    return `Asked because no rule allows this MCP tool in ${profile}.`;
  }
  if (EDITING.has(ask.toolName)) {
    return `Asked because edits ask in ${profile}.`;
  }
  return `Asked because no rule allows it in ${profile}.`;
}
