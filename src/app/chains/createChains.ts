import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { Emitter, type Event } from '../../base/event.ts';
import type { NewId } from '../../base/ids.ts';
import { ChainHost, type ChainSnapshots } from '../../core/chains/chainHost.ts';
import type { StepProgress } from '../../core/chains/chainRunner.ts';
import { ChainService } from '../../core/chains/chainService.ts';
import type { StepExecutors } from '../../core/chains/stepWork.ts';
import type { Actor } from '../../core/events/actor.ts';
import type { ProcessTable } from '../../core/process/processIdentity.ts';
import type { ApprovalDesk } from '../../core/tasks/approvalDesk.ts';
import type { HostRecord } from '../../core/tasks/hostRegistry.ts';
import { PanelChainLog } from '../../core/tasks/panelChainLog.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import type { TaskService } from '../../core/tasks/taskService.ts';
import type { ActionRegistry } from '../actions/actionRegistry.ts';
import type { CommandService } from '../commandCatalog.ts';
import type { StartOutcome, StartTask, Surroundings } from '../panelServices.ts';
import { ActionExecutor } from './actionExecutor.ts';
import { ApproveExecutor } from './approveExecutor.ts';
import { CommandExecutor } from './commandExecutor.ts';
import { PromptExecutor } from './promptExecutor.ts';
import { RunExecutor } from './runExecutor.ts';
import { sweepChain } from './stepProcesses.ts';

interface Parts {
  readonly log: PanelLog;
  readonly desk: ApprovalDesk;
  readonly tasks: TaskService;
  readonly commands: Pick<CommandService, 'find' | 'requestApproval'>;
  readonly actions: ActionRegistry;
  readonly start: (input: StartTask) => Promise<StartOutcome>;
  readonly record: Omit<HostRecord, 'seen'>;
  readonly living: () => ReadonlySet<string>;
  readonly surroundings: Pick<Surroundings, 'environment' | 'settings' | 'takesQueued' | 'ownTasksOnly' | 'log'>;
  readonly snapshots: ChainSnapshots;
  readonly processes: ProcessTable;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly product: Actor;
  readonly deadlineMs: () => number | undefined;
}

interface ChainParts extends Disposable {
  readonly chains: ChainService;
  readonly host: ChainHost;
  readonly onProgress: Event<StepProgress>;
}

/** Puts together what runs chains in this process. */
export function createChains(parts: Parts): ChainParts {
  const { surroundings, record, clock, processes } = parts;
  const owned = new DisposableStore();
  const log = new PanelChainLog(parts.log);
  const chains = new ChainService({ log, newId: parts.newId });
  const progress = owned.add(
    new Emitter<StepProgress>(error => surroundings.log('error', `A view failed: ${String(error)}`)),
  );
  const host = owned.add(
    new ChainHost({
      log,
      clock,
      owner: {
        hostId: record.id,
        pid: record.process.pid,
        processStarted: record.process.started,
        surface: record.surface,
      },
      living: parts.living,
      takesQueued: surroundings.takesQueued,
      ownOnly: surroundings.ownTasksOnly === true,
      sweep: id => sweepChain(id, processes),
      snapshots: parts.snapshots,
      runner: {
        executors: stepExecutors(parts, chains),
        random: Math.random,
        onProgress: given => progress.fire(given),
        report: surroundings.log,
      },
    }),
  );
  return { chains, host, onProgress: progress.event, dispose: () => owned.dispose() };
}

function stepExecutors(parts: Parts, chains: ChainService): StepExecutors {
  const { log, tasks, start, newId, product, actions, surroundings, record, commands, processes, clock } = parts;
  const { environment } = surroundings;
  const prompt = new PromptExecutor({
    log,
    tasks,
    start,
    newId,
    product,
    afterReload: () => surroundings.settings().afterReload,
  });
  const action = new ActionExecutor({ actions, environment });
  return {
    prompt,
    action,
    run: new RunExecutor({ processes, clock, newId, environment }),
    approve: new ApproveExecutor({ log, desk: parts.desk, clock, newId, product, deadlineMs: parts.deadlineMs }),
    command: new CommandExecutor({
      log,
      commands,
      chains,
      prompts: prompt,
      actions: action,
      newId,
      hostId: record.id,
      product,
      environment,
    }),
  };
}
