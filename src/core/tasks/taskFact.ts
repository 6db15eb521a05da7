import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Failure } from '../../base/panelError.ts';
import type { ApprovalFact } from '../approvals/approvalFact.ts';
import type { CheckpointFact } from '../checkpoints/checkpointFact.ts';
import type { Actor } from '../events/actor.ts';
import type { Fact } from '../events/cloudEvent.ts';
import type { LaunchProfile } from '../profiles/launchProfile.ts';
import type { ReviewFact } from '../review/reviewFact.ts';
import type {
  AgentRun,
  FileChange,
  FollowUp,
  ForkOrigin,
  McpServerView,
  Owner,
  PauseCause,
  ProcessMark,
  StopStage,
  TaskLimits,
  TokenCount,
} from './task.ts';

/** Lines of a diff as Claude Code reports them: each begins with a space, `+` or `-`. */
export interface DiffHunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

export interface ToolChange extends FileChange {
  readonly hunks: readonly DiffHunk[];
  readonly hiddenLines: number;
}

export interface CreatedTask {
  readonly title: string;
  readonly titleIsGiven: boolean;
  readonly prompt: string;
  readonly promptId: string;
  readonly cwd: string;
  readonly profile: LaunchProfile;
  readonly limits: TaskLimits;
  readonly by: Actor;
  readonly rehearsal: boolean;
  readonly unattended: 'ask' | 'allow' | 'deny';
  /** Only this host takes it from the queue, as long as that host lives. */
  readonly reservedFor?: string;
  readonly forkOf?: ForkOrigin;
  /** It is not run when no snapshot could be taken before. */
  readonly requiresSnapshot?: true;
  /** The JSON Schema that its result has to fit. */
  readonly jsonSchema?: JsonObject;
}

/** Every fact about a task. The subject of the event is the task's id; times are milliseconds since the epoch. */
export type TaskFact =
  | Fact<'claude-panel.task.created', CreatedTask>
  | Fact<'claude-panel.task.starting', { readonly owner: Owner; readonly sessionId: string; readonly resumes: boolean }>
  | Fact<'claude-panel.task.processStarted', { readonly process: ProcessMark }>
  | Fact<'claude-panel.task.ready', { readonly cliVersion: string; readonly apiKeySource?: string }>
  | Fact<
      'claude-panel.task.turnStarted',
      {
        readonly sessionId: string;
        readonly model: string;
        readonly permissionMode: string;
        readonly apiKeySource: string;
        readonly cliVersion: string;
        readonly mcpServers: readonly McpServerView[];
      }
    >
  | Fact<'claude-panel.task.mcpChanged', { readonly mcpServers: readonly McpServerView[] }>
  | Fact<'claude-panel.task.permissionModeChanged', { readonly mode: string }>
  | Fact<
      'claude-panel.task.text',
      { readonly messageId: string; readonly text: string; readonly parentToolUseId?: string; readonly error?: string }
    >
  | Fact<
      'claude-panel.task.thinking',
      {
        readonly messageId: string;
        readonly text: string;
        readonly parentToolUseId?: string;
        readonly durationMs?: number;
      }
    >
  | Fact<
      'claude-panel.task.toolStarted',
      {
        readonly toolUseId: string;
        readonly name: string;
        readonly input: JsonObject;
        readonly summary: string;
        readonly parentToolUseId?: string;
      }
    >
  | Fact<
      'claude-panel.task.toolEnded',
      {
        readonly toolUseId: string;
        readonly outcome: 'ok' | 'error' | 'denied';
        readonly output: string;
        readonly outputTruncated: boolean;
        readonly decision?: string;
        readonly change?: ToolChange;
        /** Milliseconds of the call in which it waited for a person. */
        readonly waitedMs?: number;
      }
    >
  | Fact<
      'claude-panel.task.usage',
      { readonly messageId: string; readonly tokens: TokenCount; readonly contextTokens?: number }
    >
  | Fact<'claude-panel.task.cost', { readonly costUsd: number }>
  | Fact<'claude-panel.task.context', { readonly tokens: number; readonly window: number }>
  | Fact<
      'claude-panel.task.todosChanged',
      {
        readonly todos: readonly {
          readonly content: string;
          readonly status: 'pending' | 'inProgress' | 'completed';
        }[];
      }
    >
  | Fact<'claude-panel.task.agentChanged', { readonly agent: AgentRun }>
  | Fact<
      'claude-panel.task.notice',
      {
        readonly level: 'info' | 'warning' | 'error';
        readonly text: string;
        readonly remedy?: string;
        readonly raw?: JsonValue;
      }
    >
  | Fact<
      'claude-panel.task.retrying',
      { readonly attempt: number; readonly maxRetries: number; readonly nextAt: number; readonly reason: string }
    >
  | Fact<
      'claude-panel.task.rateLimited',
      { readonly text: string; readonly resetsAt?: number; readonly blocked: boolean }
    >
  | Fact<'claude-panel.task.silent', { readonly since: number }>
  | Fact<'claude-panel.task.rateLimitLifted', Record<string, never>>
  | Fact<'claude-panel.task.heard', Record<string, never>>
  | Fact<'claude-panel.task.messageQueued', { readonly message: FollowUp }>
  | Fact<'claude-panel.task.messageEdited', { readonly messageId: string; readonly text: string }>
  | Fact<'claude-panel.task.messageWithdrawn', { readonly messageId: string }>
  | Fact<'claude-panel.task.messageSent', { readonly messageId: string }>
  | Fact<
      'claude-panel.task.messageDelivered',
      { readonly messageId: string; readonly text: string; readonly by: Actor }
    >
  | Fact<
      'claude-panel.task.turnEnded',
      {
        readonly outcome: 'succeeded' | 'interrupted' | 'limit' | 'failed';
        readonly text: string;
        readonly costUsd: number;
        readonly durationMs: number;
        readonly turns: number;
        readonly models: Readonly<
          Record<string, TokenCount & { readonly costUsd: number; readonly contextWindow?: number }>
        >;
        readonly failure?: Failure;
        /** The last line of the stored conversation that Claude wrote. */
        readonly lastLine?: string;
      }
    >
  | Fact<'claude-panel.task.stopping', { readonly stage: StopStage; readonly by: Actor }>
  | Fact<'claude-panel.task.pausing', { readonly by: Actor }>
  | Fact<'claude-panel.task.paused', { readonly cause: PauseCause; readonly by?: Actor; readonly detail?: string }>
  /** Back into the queue: a paused task goes on, or a finished task's session is continued. */
  | Fact<
      'claude-panel.task.continued',
      {
        readonly by: Actor;
        readonly message?: FollowUp;
        /** Only this host takes it from the queue, as long as that host lives. */
        readonly reservedFor?: string;
      }
    >
  | Fact<'claude-panel.task.succeeded', { readonly result: string; readonly structuredOutput?: JsonValue }>
  | Fact<'claude-panel.task.failed', { readonly failure: Failure }>
  | Fact<'claude-panel.task.stopped', { readonly by: Actor; readonly leftOver: number }>
  | Fact<'claude-panel.task.timedOut', { readonly minutes: number }>
  | Fact<'claude-panel.task.overBudget', { readonly limit: 'usd' | 'turns'; readonly limitValue: number }>
  | Fact<'claude-panel.task.renamed', { readonly title: string; readonly by?: Actor }>
  | Fact<'claude-panel.task.read', Record<string, never>>
  | Fact<'claude-panel.task.archived', { readonly by: Actor }>
  | Fact<'claude-panel.task.unarchived', { readonly by: Actor }>;

const END_TYPES: ReadonlySet<string> = new Set<TaskFact['type']>([
  'claude-panel.task.succeeded',
  'claude-panel.task.failed',
  'claude-panel.task.stopped',
  'claude-panel.task.timedOut',
  'claude-panel.task.overBudget',
]);

/** Whether a fact of this type ends a run of its task. */
export function endsTask(type: string): boolean {
  return END_TYPES.has(type);
}

/** What may stand under a task in the log. */
export type TaskLogFact = TaskFact | ApprovalFact | CheckpointFact | ReviewFact;
