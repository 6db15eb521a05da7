import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Failure } from '../../base/panelError.ts';
import type { SnapshotSpan } from '../checkpoints/snapshotSpans.ts';
import type { Actor } from '../events/actor.ts';
import type { LaunchProfile } from '../profiles/launchProfile.ts';

export type TaskPhase = TaskStatus['state'];

/** Which process of this machine or another owns a task. */
export interface Owner {
  readonly hostId: string;
  /** Such as "VS Code window" or "command line". */
  readonly surface: string;
  readonly pid: number;
  readonly machine: string;
}

/** A process, recognised by its id and the time it started, never by its name. */
export interface ProcessMark {
  readonly pid: number;
  /** As the operating system gives it; only compared for equality. */
  readonly started: string;
}

export type StopStage = 'interrupt' | 'terminate' | 'kill';
export type WaitingFor = 'approval' | 'question' | 'plan' | 'elicitation' | 'limit';

/** Why a task was set aside without its user asking for it. */
export type PauseCause = 'person' | 'hostClosed' | 'hostLost';

interface Live {
  readonly owner: Owner;
  /** The process is there from its start on; absent only for the first milliseconds. */
  readonly process?: ProcessMark;
  readonly stopping?: { readonly stage: StopStage; readonly since: number; readonly by: Actor };
  readonly pausing?: { readonly since: number; readonly by: Actor };
}

export type TaskStatus =
  | { readonly state: 'queued'; readonly since: number }
  | ({ readonly state: 'starting'; readonly since: number } & Live)
  | ({ readonly state: 'running'; readonly since: number } & Live)
  | ({
      readonly state: 'waiting';
      readonly since: number;
      readonly for: WaitingFor;
      readonly resumesAt?: number;
    } & Live)
  | { readonly state: 'paused'; readonly since: number; readonly cause: PauseCause; readonly by?: Actor }
  | {
      readonly state: 'succeeded';
      readonly ended: number;
      readonly result: string;
      readonly structuredOutput?: JsonValue;
    }
  | { readonly state: 'failed'; readonly ended: number; readonly failure: Failure }
  | { readonly state: 'stopped'; readonly ended: number; readonly by: Actor; readonly leftOver: number }
  | { readonly state: 'timedOut'; readonly ended: number; readonly minutes: number }
  | {
      readonly state: 'overBudget';
      readonly ended: number;
      readonly limit: 'usd' | 'turns';
      readonly limitValue: number;
    };

type FinalStatus = Extract<TaskStatus, { readonly ended: number }>;
export type LiveStatus = Extract<TaskStatus, { readonly owner: Owner }>;

export interface TaskLimits {
  readonly minutes?: number;
  readonly usd?: number;
  readonly turns?: number;
}

export interface TokenCount {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
}

/** By model, of the whole session. */
export type ModelTotals = Readonly<
  Record<string, TokenCount & { readonly costUsd: number; readonly contextWindow?: number }>
>;

/** Where a forked task began: the totals are those of the original at that moment. */
export interface ForkOrigin {
  readonly taskId: string;
  readonly title: string;
  readonly sessionId: string;
  /** The last line of that conversation that the fork has; all of it when absent. */
  readonly line?: string;
  readonly costUsd: number;
  readonly models: ModelTotals;
}

export interface FollowUp {
  /** Also the uuid of the user message for Claude Code. */
  readonly id: string;
  readonly text: string;
  readonly by: Actor;
  readonly state: 'queued' | 'sent' | 'delivered';
}

export interface FileChange {
  readonly path: string;
  readonly added: number;
  readonly removed: number;
  readonly kind: 'created' | 'edited';
}

export interface AgentRun {
  readonly id: string;
  readonly kind: string;
  readonly description: string;
  readonly status: 'running' | 'completed' | 'failed' | 'stopped';
  readonly toolUseId?: string;
  readonly tokens?: number;
  readonly toolUses?: number;
  readonly durationMs?: number;
}

export interface McpServerView {
  readonly name: string;
  readonly status: string;
  readonly error?: string;
  /** What one that failed wrote on stderr last. */
  readonly lastWords?: string;
  readonly toolCount?: number;
}

/** A task as the log tells it. Only `reduceTask` makes a new one. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly titleIsGiven: boolean;
  readonly prompt: string;
  /** The uuid under which Claude Code knows the first prompt. */
  readonly promptId: string;
  readonly cwd: string;
  readonly profile: LaunchProfile;
  readonly created: number;
  readonly createdBy: Actor;
  readonly status: TaskStatus;
  readonly limits: TaskLimits;
  readonly rehearsal: boolean;
  /** Approvals that nobody answers in time are denied; with `nobody`, at once. */
  readonly unattended: 'ask' | 'allow' | 'deny';
  /** Only this host takes it from the queue, as long as that host lives. */
  readonly reservedFor?: string;
  readonly sessionId?: string;
  /** The session has at least one stored turn, so that it can be resumed. */
  readonly sessionStarted: boolean;
  readonly forkOf?: ForkOrigin;
  /** The last line of the stored conversation that Claude wrote. */
  readonly lastLine?: string;
  /** The JSON Schema that its result has to fit. */
  readonly jsonSchema?: JsonObject;
  readonly model?: string;
  readonly permissionMode?: string;
  readonly apiKeySource?: string;
  readonly cliVersion?: string;
  readonly mcpServers: readonly McpServerView[];
  /** Milliseconds of work in earlier runs of the process; the present one counts from `runningSince`. */
  readonly workedMs: number;
  readonly runningSince?: number;
  /** Claude Code's own total for the session; never added up by us. */
  readonly costUsd: number;
  readonly models: ModelTotals;
  /** Tokens of the turn under way, by message id: the last record of a message wins. */
  readonly turnTokens: Readonly<Record<string, TokenCount>>;
  readonly contextTokens?: number;
  readonly contextWindow?: number;
  readonly turns: number;
  readonly todos: readonly { readonly content: string; readonly status: 'pending' | 'inProgress' | 'completed' }[];
  readonly followUps: readonly FollowUp[];
  readonly files: readonly FileChange[];
  readonly agents: readonly AgentRun[];
  /** Set from a pause until the next turn starts: what the next process has to take up. */
  readonly suspended?: { readonly at: number; readonly cause: PauseCause };
  readonly pendingApprovals: readonly { readonly id: string; readonly kind: WaitingFor }[];
  readonly deniedCount: number;
  readonly toolCount: number;
  readonly activity: string;
  readonly retry?: {
    readonly attempt: number;
    readonly maxRetries: number;
    readonly nextAt: number;
    readonly reason: string;
  };
  readonly rateLimit?: { readonly text: string; readonly resetsAt?: number };
  readonly silentSince?: number;
  /** It is not run when no snapshot could be taken before. */
  readonly requiresSnapshot?: true;
  /** The snapshots around each of its runs, by folder; oldest first. */
  readonly snapshots?: readonly SnapshotSpan[];
  /** Set while what it did is undone: all of it, or only its last run or some of its files. */
  readonly undone?: { readonly undoId: string; readonly at: number; readonly part?: 'lastRun' | 'some' };
  readonly read: boolean;
  readonly archived: boolean;
  /** Marks left in processes by earlier attempts that may still have to be swept. */
  readonly attempt: number;
}

export function isFinal(status: TaskStatus): status is FinalStatus {
  return 'ended' in status;
}

export function isLive(status: TaskStatus): status is LiveStatus {
  return 'owner' in status;
}
