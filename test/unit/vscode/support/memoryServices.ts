import { ActionRegistry } from '../../../../src/app/actions/actionRegistry.ts';
import type { PanelServices } from '../../../../src/app/panelServices.ts';
import { Emitter } from '../../../../src/base/event.ts';
import type { Actor } from '../../../../src/core/events/actor.ts';
import { ApprovalDesk } from '../../../../src/core/tasks/approvalDesk.ts';
import type { LiveUpdate } from '../../../../src/core/tasks/liveUpdate.ts';
import type { TaskFact } from '../../../../src/core/tasks/taskFact.ts';
import { TaskService } from '../../../../src/core/tasks/taskService.ts';
import { chainServices } from '../../../fixtures/chainServices.ts';
import type { ManualClock } from '../../../fixtures/manualClock.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { MemoryTaskRequests } from '../../../fixtures/memory/memoryTaskRequests.ts';
import { NO_COMMANDS } from '../../../fixtures/noCommands.ts';
import { idleUndo } from '../../../fixtures/noSnapshots.ts';
import { ada, profile } from './samples.ts';

/** Services over a log in memory: everything but processes and files. */
export function memoryServices(clock: ManualClock) {
  let ids = 0;
  const newId = (): string => `id-${++ids}`;
  const log = new MemoryPanelLog({ source: '/test', clock, newId });
  const live = new Emitter<LiveUpdate>();
  const health = new Emitter<void>();
  const tasks = new TaskService({ log, requests: new MemoryTaskRequests(), clock, newTaskId: newId, newUuid: newId });
  const services: PanelServices = {
    folder: '/work/project',
    log,
    tasks,
    ...idleUndo(log, '/work/project'),
    approvals: new ApprovalDesk({ log, clock }),
    grants: { isGranted: () => false, grant: () => undefined, list: () => [], revoke: () => undefined },
    commands: NO_COMMANDS,
    ...chainServices(log),
    onLive: live.event,
    onDidChangeHealth: health.event,
    actor: (surface: Actor['surface']) => ({ ...ada, surface }),
    actions: new ActionRegistry([]),
    profiles: async () => ({ profiles: [], internal: [], defaultName: 'comprehensive', problems: [] }),
    startTask: async ({ prompt, by }) => ({ kind: 'started', task: newTask(prompt, by) }),
    adoptChain: () => undefined,
    hosts: () => [],
    health: () => [],
    refreshHealth: async () => undefined,
    notices: [],
    onDidNotice: new Emitter<never>().event,
    start: async () => undefined,
    look: () => undefined,
    suspend: async () => undefined,
    rehearsalAddress: undefined,
    dispose: () => undefined,
  };
  function newTask(prompt: string, by = ada) {
    const created = tasks.create(
      { prompt, cwd: '/work/project', profile, limits: {}, rehearsal: false, unattended: 'ask' },
      by,
    );
    clock.advance(1);
    return created;
  }
  const say = (taskId: string, ...facts: readonly TaskFact[]): void => {
    log.append([{ subject: taskId, facts }]);
  };
  return { services, live, newTask, say };
}

export function text(words: string, parentToolUseId?: string): TaskFact {
  return {
    type: 'claude-panel.task.text',
    data: { messageId: `m-${words}`, text: words, ...(parentToolUseId === undefined ? {} : { parentToolUseId }) },
  };
}

export function toolStarted(toolUseId: string, name: string, parentToolUseId?: string): TaskFact {
  return {
    type: 'claude-panel.task.toolStarted',
    data: { toolUseId, name, input: {}, summary: name, ...(parentToolUseId === undefined ? {} : { parentToolUseId }) },
  };
}

export function toolEnded(toolUseId: string): TaskFact {
  return {
    type: 'claude-panel.task.toolEnded',
    data: { toolUseId, outcome: 'ok', output: 'done', outputTruncated: false },
  };
}
