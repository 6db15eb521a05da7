import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/event.ts';
import type { JsonObject } from '../base/json.ts';
import type { Failure } from '../base/panelError.ts';
import type { StepProgress } from '../core/chains/chainRunner.ts';
import type { ChainService } from '../core/chains/chainService.ts';
import type { Actor } from '../core/events/actor.ts';
import type { CatalogResult } from '../core/profiles/profileCatalog.ts';
import type { GrantStore } from '../core/security/grantStore.ts';
import type { ApprovalDesk } from '../core/tasks/approvalDesk.ts';
import type { HostRecord } from '../core/tasks/hostRegistry.ts';
import type { LiveUpdate } from '../core/tasks/liveUpdate.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import type { Task, TaskLimits } from '../core/tasks/task.ts';
import type { TaskService } from '../core/tasks/taskService.ts';
import type { ActionRegistry } from './actions/actionRegistry.ts';
import type { CommandService } from './commandCatalog.ts';
import type { CommandPlan } from './commandPlan.ts';
import type { HealthCheck } from './health.ts';
import type { ReviewService } from './reviewService.ts';
import type { CommandOutcome, RunCommand } from './runCommand.ts';
import type { SnapshotUpkeep } from './undo/snapshotUpkeep.ts';
import type { UndoService } from './undo/undoService.ts';
import type { WorkspaceSnapshots } from './undo/workspaceSnapshots.ts';

/** What a surface (VS Code, command line) tells about itself. */
export interface Surroundings {
  /** The workspace folder; its data is in `.claude-panel/`. */
  readonly folder: string;
  /** All folders of the workspace, when there are several: each has its own profiles. */
  readonly folders?: () => readonly string[];
  readonly surface: 'VS Code window' | 'command line';
  /** Whether this process may run tasks from the queue now; false in an untrusted folder. Its own tasks are in the queue, too. */
  readonly takesQueued: () => boolean;
  /** Leaves alone what others queued: it runs only what is reserved for this process. */
  readonly ownTasksOnly?: boolean;
  readonly settings: () => PanelSettings;
  readonly log: (level: 'trace' | 'info' | 'warn' | 'error', text: string) => void;
  readonly environment: NodeJS.ProcessEnv;
  readonly userName: string;
}

/** Only user or machine settings reach this; a workspace file never does. */
export interface PanelSettings {
  readonly claudePath?: string;
  readonly maxParallelTasks: number;
  /** Minutes after which an unanswered question is denied; 0 is never. */
  readonly approvalDeadlineMinutes: number;
  readonly afterReload: 'continue' | 'pause';
  readonly revealAcceptEdits: boolean;
  readonly revealAuto: boolean;
  /** Offers the command god-mode. */
  readonly revealGodMode: boolean;
  readonly taskMinutes: number;
  /** Seconds of silence, with no tool running, after which the panel says so. */
  readonly silenceSeconds: number;
  /** Minutes of silence, with no tool running, after which a task is ended. */
  readonly idleMinutes: number;
  /** A larger file that git ignores is in no snapshot. */
  readonly undoIgnoredMegabytes: number;
  /** Days after which a snapshot goes, and megabytes above which the oldest go. */
  readonly undoKeepDays: number;
  readonly undoDiskMegabytes: number;
  /** Days after which a report goes; 0 is never. */
  readonly reportKeepDays: number;
  /** Runs against the rehearsal model instead of an account. */
  readonly rehearsal: boolean;
}

export interface StartTask {
  readonly prompt: string;
  readonly title?: string;
  readonly profile?: string;
  readonly cwd?: string;
  /** Tighter than those of the profile; a looser one changes nothing, but for minutes. */
  readonly limits?: TaskLimits;
  readonly minutes?: number;
  /** The JSON Schema that the result has to fit. */
  readonly jsonSchema?: JsonObject;
  /** The id that the task gets. When there is a task with it already, nothing is started. */
  readonly id?: string;
  readonly unattended?: 'ask' | 'allow' | 'deny';
  readonly by: Actor;
  /** Names of MCP servers of the folder, besides those of the profile. */
  readonly mcpServers?: readonly string[];
  /** The chain whose step starts it. */
  readonly chainId?: string;
  /** Only this process runs it, as long as this process lives. */
  readonly ownProcessOnly?: boolean;
  /** It is not run when no snapshot can be taken before. */
  readonly requiresSnapshot?: boolean;
}

export type StartOutcome =
  | { readonly kind: 'started'; readonly task: Task }
  /** What the profile would start or grant is shown first, as this approval; answer it, then start again. */
  | { readonly kind: 'needsApproval'; readonly approvalId: string };

/** Everything a surface uses, built by `createPanelServices`. */
export interface PanelServices extends Disposable {
  readonly folder: string;
  readonly log: PanelLog;
  readonly tasks: TaskService;
  /** Undo, redo, and what tasks and chains changed. */
  readonly undo: UndoService;
  /** What was decided about the changes of a task. */
  readonly review: ReviewService;
  /** The snapshots themselves, by folder. */
  readonly snapshots: WorkspaceSnapshots;
  /** What they take of the disk, and room when a person wants it. */
  readonly upkeep: Pick<SnapshotUpkeep, 'usage' | 'free'>;
  readonly approvals: ApprovalDesk;
  readonly grants: GrantStore;
  /** What can be run by its name. */
  readonly commands: CommandService;
  /** Runs of commands that have steps. */
  readonly chains: ChainService;
  runCommand(input: RunCommand): Promise<CommandOutcome>;
  /** What a command would do, with nothing of it being done. */
  planCommand(input: Pick<RunCommand, 'command' | 'inputs' | 'cwd'>): Promise<CommandPlan>;
  /** What steps of chains say about themselves, in this process. */
  readonly onChainProgress: Event<StepProgress>;
  /** Text being written by tasks of this process. */
  readonly onLive: Event<LiveUpdate>;
  readonly onDidChangeHealth: Event<void>;
  /** This process, as an actor at one of its surfaces. */
  actor(surface: Actor['surface']): Actor;
  /** Those of the folder that a task would run in; of the first one when none is named. */
  profiles(cwd?: string): Promise<CatalogResult>;
  startTask(input: StartTask): Promise<StartOutcome>;
  /** What the panel itself can do in a command. */
  readonly actions: ActionRegistry;
  /** Has this process go on with a chain whose program is gone. */
  adoptChain(id: string): void;
  /** The programs that live and work on this workspace, this one included. */
  hosts(): readonly HostRecord[];
  health(): readonly HealthCheck[];
  /** Checks again what costs a process or a look at the disk. */
  refreshHealth(options?: {
    /** Reads the whole workspace file, too: only when a person asks, for everything else waits meanwhile. */
    readonly wholeFile?: boolean;
  }): Promise<void>;
  /** What the user should know about the workspace file: a damaged file that was set aside, and the like. */
  readonly notices: readonly Failure[];
  /** A new notice. Each is told once. */
  readonly onDidNotice: Event<Failure>;
  /** Takes over what earlier processes left, then takes tasks from the queue. */
  start(): Promise<void>;
  /** Looks at the queue again, after Workspace Trust or a setting changed. */
  look(): void;
  /** Sets every running task of this process aside in a true state, within the time that VS Code leaves. */
  suspend(deadlineMs: number): Promise<void>;
  readonly rehearsalAddress: string | undefined;
}
