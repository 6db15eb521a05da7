import { EventEmitter } from 'node:events';
import { ActionRegistry } from '../../../src/app/actions/actionRegistry.ts';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { Emitter } from '../../../src/base/event.ts';
import { newUuid } from '../../../src/base/ids.ts';
import type { CommandContext } from '../../../src/cli/commandContext.ts';
import { Interrupts } from '../../../src/cli/interrupts.ts';
import type { Approval } from '../../../src/core/approvals/approval.ts';
import { approvalFromAsk, type PersonAsk } from '../../../src/core/approvals/approvalFromAsk.ts';
import type { Actor } from '../../../src/core/events/actor.ts';
import { ApprovalDesk } from '../../../src/core/tasks/approvalDesk.ts';
import type { HostRecord } from '../../../src/core/tasks/hostRegistry.ts';
import type { LiveUpdate } from '../../../src/core/tasks/liveUpdate.ts';
import type { Task } from '../../../src/core/tasks/task.ts';
import type { TaskLogFact } from '../../../src/core/tasks/taskFact.ts';
import { TaskService } from '../../../src/core/tasks/taskService.ts';
import { chainServices } from '../../fixtures/chainServices.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { MemoryGrantStore } from '../../fixtures/memory/memoryGrantStore.ts';
import { MemoryPanelLog } from '../../fixtures/memory/memoryPanelLog.ts';
import { MemoryTaskRequests } from '../../fixtures/memory/memoryTaskRequests.ts';
import { NO_COMMANDS } from '../../fixtures/noCommands.ts';
import { idleUndo } from '../../fixtures/noSnapshots.ts';
import { type TestTerminal, testTerminal } from './testTerminal.ts';

export const ADA: Actor = { surface: 'panel', name: 'ada', hostId: 'window' };

/** The services of a workspace without a file and without any Claude Code, and a command line that uses them. */
export class PanelFixture {
  readonly clock = new ManualClock(Date.parse('2026-11-21T10:00:00Z'));
  readonly log: MemoryPanelLog;
  readonly tasks: TaskService;
  readonly desk: ApprovalDesk;
  readonly live = new Emitter<LiveUpdate>();
  readonly signals = new EventEmitter();
  readonly test: TestTerminal;
  readonly services: PanelServices;
  readonly context: CommandContext;
  hosts: HostRecord[] = [];
  /** Called by `start`, as the owner of tasks would. */
  onStart: () => void = () => undefined;
  #nextTask = 0;

  constructor(options: { readonly isTerminal?: boolean; readonly columns?: number; readonly folder?: string } = {}) {
    const { clock } = this;
    this.log = new MemoryPanelLog({ source: '/claude-panel/cli/1', clock, newId: newUuid });
    this.tasks = new TaskService({
      log: this.log,
      requests: new MemoryTaskRequests(),
      clock,
      newTaskId: () => `task${++this.#nextTask}`,
      newUuid,
    });
    this.desk = new ApprovalDesk({ log: this.log, clock });
    this.test = testTerminal(options);
    this.services = this.#services(options.folder ?? '/work');
    this.context = {
      terminal: this.test.terminal,
      interrupts: new Interrupts(this.signals),
      environment: {},
      directory: options.folder ?? process.cwd(),
      clock,
      openPanel: async () => this.services,
    };
  }

  addTask(prompt: string, more: { readonly unattended?: 'ask' | 'allow' | 'deny' } = {}): Task {
    return this.tasks.create(
      {
        prompt,
        cwd: '/work',
        profile: {
          name: 'safe',
          source: 'built in',
          permissionMode: 'default',
          allowedTools: [],
          disallowedTools: [],
          mcpServers: {},
        },
        limits: {},
        rehearsal: false,
        unattended: 'ask',
        ...more,
      },
      ADA,
    );
  }

  append(taskId: string, ...facts: readonly TaskLogFact[]): void {
    this.log.append([{ subject: taskId, facts }]);
  }

  startRunning(taskId: string): void {
    const owner = { hostId: 'window', surface: 'VS Code window', pid: 1, machine: 'here' };
    this.append(
      taskId,
      { type: 'claude-panel.task.starting', data: { owner, sessionId: 'session-1', resumes: false } },
      {
        type: 'claude-panel.task.turnStarted',
        data: {
          sessionId: 'session-1',
          model: 'sonnet',
          permissionMode: 'default',
          apiKeySource: 'none',
          cliVersion: '2.1.0',
          mcpServers: [],
        },
      },
    );
  }

  succeed(taskId: string, result = 'Done.'): void {
    this.append(taskId, { type: 'claude-panel.task.succeeded', data: { result } });
  }

  /** An open question of a task. */
  ask(taskId: string, ask: PersonAsk = writeAsk('a.txt'), id = `approval-of-${taskId}`): Approval {
    const approval = approvalFromAsk(ask, {
      id,
      taskId,
      taskTitle: this.tasks.get(taskId).title,
      folder: '/work',
      permissionMode: 'default',
      profile: 'safe',
      now: this.clock.now(),
    });
    this.append(taskId, { type: 'claude-panel.approval.requested', data: { approval } });
    return approval;
  }

  window(more: Partial<HostRecord> = {}): HostRecord {
    return {
      id: 'window',
      surface: 'VS Code window',
      process: { pid: 77, started: '1' },
      machine: 'here',
      started: 0,
      seen: this.clock.now(),
      takesQueued: true,
      ...more,
    };
  }

  #services(folder: string): PanelServices {
    return {
      folder,
      log: this.log,
      tasks: this.tasks,
      ...idleUndo(this.log, folder),
      approvals: this.desk,
      grants: new MemoryGrantStore(),
      commands: NO_COMMANDS,
      ...chainServices(this.log),
      onLive: this.live.event,
      onDidChangeHealth: new Emitter<void>().event,
      actor: surface => ({ surface, name: 'grace', hostId: 'cli' }),
      adoptChain: () => undefined,
      hosts: () => this.hosts,
      actions: new ActionRegistry([]),
      profiles: async () => ({ profiles: [], internal: [], defaultName: 'safe', problems: [] }),
      startTask: async ({ prompt, unattended }) => ({
        kind: 'started',
        task: this.addTask(prompt, unattended === undefined ? {} : { unattended }),
      }),
      health: () => [],
      refreshHealth: async () => undefined,
      notices: [],
      onDidNotice: new Emitter<never>().event,
      start: async () => this.onStart(),
      look: () => undefined,
      suspend: async () => undefined,
      rehearsalAddress: undefined,
      dispose: () => undefined,
    };
  }
}

export function writeAsk(file: string, content = 'hello\n'): PersonAsk {
  return {
    kind: 'tool',
    requestId: `request-${file}`,
    toolName: 'Write',
    toolUseId: `use-${file}`,
    input: { file_path: `/work/${file}`, content },
    suggestions: [
      {
        type: 'addRules',
        rules: [{ toolName: 'Edit', ruleContent: 'src/**' }],
        behavior: 'allow',
        destination: 'localSettings',
      },
    ],
    requiresUser: false,
    onceOnly: false,
  };
}

export function questionAsk(multiSelect = false): PersonAsk {
  return {
    kind: 'question',
    requestId: 'request-question',
    toolName: 'AskUserQuestion',
    toolUseId: 'use-question',
    input: {},
    questions: [
      {
        question: 'Which database?',
        header: 'Database',
        multiSelect,
        options: [
          { label: 'PostgreSQL', description: 'a server' },
          { label: 'SQLite', description: 'a file' },
        ],
      },
    ],
  };
}

export function planAsk(): PersonAsk {
  return {
    kind: 'plan',
    requestId: 'request-plan',
    toolName: 'ExitPlanMode',
    toolUseId: 'use-plan',
    input: { plan: '1. Do it' },
    plan: '1. Do it',
  };
}
