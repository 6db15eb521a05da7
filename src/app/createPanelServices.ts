import { systemClock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import { newOrderedUuid, newShortId, newUuid } from '../base/ids.ts';
import { DEFAULT_LIMITS } from '../core/checkpoints/checkpoint.ts';
import type { Actor } from '../core/events/actor.ts';
import { isAlive } from '../core/process/processIdentity.ts';
import { systemProcesses } from '../core/process/processTree.ts';
import { ApprovalDesk } from '../core/tasks/approvalDesk.ts';
import type { LiveUpdate } from '../core/tasks/liveUpdate.ts';
import { TaskHost } from '../core/tasks/taskHost.ts';
import { TaskService } from '../core/tasks/taskService.ts';
import { openPanelStore } from '../store/panelStore.ts';
import { ActionRegistry } from './actions/actionRegistry.ts';
import { builtInActions } from './actions/builtInActions.ts';
import { AllowedRules } from './allowedRules.ts';
import { newestBackup } from './backup/backupPlaces.ts';
import type { BackupService } from './backup/backupService.ts';
import { ChainSnapshotTaker } from './chains/chainSnapshotTaker.ts';
import { createChains } from './chains/createChains.ts';
import { claudeConfigFolder } from './claudeConfigFolder.ts';
import { ClaudeLauncher } from './claudeLauncher.ts';
import { CommandCatalog } from './commandCatalog.ts';
import { CommandRunner } from './commandRunner.ts';
import { ContentGrants } from './contentGrants.ts';
import { ContentQuestions } from './contentQuestions.ts';
import { backupHealth } from './healthChecks/backupHealth.ts';
import { gitHealth } from './healthChecks/gitHealth.ts';
import { leaseHealth } from './healthChecks/leaseHealth.ts';
import { mcpHealth } from './healthChecks/mcpHealth.ts';
import { lookAtSnapshots } from './healthChecks/snapshotHealth.ts';
import { HealthMonitor } from './healthMonitor.ts';
import { hostIdentity } from './hostIdentity.ts';
import { LaunchConsent } from './launchConsent.ts';
import { logSource } from './logSource.ts';
import { MachineLook } from './machineLook.ts';
import { packageFolder } from './packageFolder.ts';
import { panelHome } from './panelHome.ts';
import type { PanelServices, Surroundings } from './panelServices.ts';
import { ProfileService } from './profileService.ts';
import { RehearsalModel } from './rehearsalModel.ts';
import { removeOldReports } from './reportUpkeep.ts';
import { ReviewService } from './reviewService.ts';
import { TaskStarter } from './taskStarter.ts';
import { sweepTasks } from './taskSweep.ts';
import { SnapshotUpkeep } from './undo/snapshotUpkeep.ts';
import { UndoService } from './undo/undoService.ts';
import { WorkspaceSnapshots } from './undo/workspaceSnapshots.ts';
import { UpkeepTimer } from './upkeepTimer.ts';
import { readUserKey } from './userKeyFile.ts';
import { withDeadline } from './withDeadline.ts';

/**
 * Builds everything that a surface uses, for one workspace folder. The only place where parts are put together.
 * @throws StoreError or UserKeyError, with a remedy, when the workspace file cannot be opened.
 */
export async function createPanelServices(surroundings: Surroundings): Promise<PanelServices> {
  const { folder, settings, log: report } = surroundings;
  const clock = systemClock;
  const processes = systemProcesses();
  const record = await hostIdentity(surroundings, { processes, newId: newShortId, now: clock.now() });
  // First, so that nothing is left in the workspace when there is no key.
  const home = panelHome(surroundings.environment);
  const userKey = readUserKey(home);

  const owned = new DisposableStore();
  const store = owned.add(
    openPanelStore({
      folder,
      source: logSource(surroundings.surface, record.process.pid),
      clock,
      newId: newOrderedUuid,
      userKey,
    }),
  );
  const { log, requests, hosts, grants } = store;
  const live = owned.add(new Emitter<LiveUpdate>(error => report('error', `A view failed: ${String(error)}`)));
  const actor = (surface: Actor['surface']): Actor => ({ surface, name: surroundings.userName, hostId: record.id });
  const product: Actor = { surface: 'product', name: 'control panel', hostId: record.id };

  const desk = new ApprovalDesk({ log, clock });
  const tasks = new TaskService({ log, requests, clock, newTaskId: newShortId, newUuid });
  const rehearsal = new RehearsalModel(home);
  const approvalDeadlineMs = (): number | undefined =>
    settings().approvalDeadlineMinutes > 0 ? settings().approvalDeadlineMinutes * 60_000 : undefined;
  const allowedRules = new AllowedRules(log);
  const otherFolders = (): readonly string[] => (surroundings.folders?.() ?? []).filter(other => other !== folder);
  const profiles = new ProfileService({
    folder,
    folders: () => [folder, ...otherFolders()],
    settings,
    grants,
    allowedRules,
    clock,
    look: new MachineLook({ environment: surroundings.environment, settings, claudeVersion: () => launcher.version() }),
  });
  const consent = new LaunchConsent({
    log,
    desk,
    profiles,
    clock,
    newId: newShortId,
    product,
    deadlineMs: approvalDeadlineMs,
    settings,
  });
  const launcher: ClaudeLauncher = new ClaudeLauncher({ surroundings, processes, rehearsal, clock, consent });
  owned.add(new ContentGrants({ log, desk, grants }).follow());
  owned.add(
    allowedRules.follow(async ({ profile, cwd }) => {
      await Promise.all([profiles.load(cwd), profiles.checkLaunch(profile, cwd)]).catch(error =>
        report('warn', `A rule that was allowed is asked about again: ${String(error)}`),
      );
    }),
  );
  const health = owned.add(
    new HealthMonitor({
      store,
      launcher,
      profiles,
      settings,
      clock,
      folders: () => [folder, ...otherFolders()],
      processes,
      further: [
        async () => leaseHealth(log.tasks.unfinished(), log.chains.unfinished(), host.livingHosts()),
        () => mcpHealth(folder, log.tasks.list({ limit: 50 }), surroundings.environment),
        () => gitHealth(folder, surroundings.environment),
        () => lookAtSnapshots(upkeep),
        async () => backupHealth(await newestBackup(home, folder), clock.now()),
      ],
    }),
  );
  const backups: Pick<BackupService, 'make'> = {
    // Loaded on demand: what packs an archive is large, and runs once a day at most.
    make: async options => {
      const loaded = await import('./backup/backupService.ts');
      return new loaded.BackupService({ folder, home, store, userKey, clock }).make(options);
    },
  };

  const snapshots = new WorkspaceSnapshots({
    folder,
    folders: () => surroundings.folders?.() ?? [folder],
    environment: surroundings.environment,
    userKey,
    clock,
    newId: newShortId,
    limits: () => ({ ...DEFAULT_LIMITS, ignoredFileBytes: settings().undoIgnoredMegabytes * 1024 * 1024 }),
    hostId: record.id,
  });
  const host: TaskHost = owned.add(
    new TaskHost({
      log,
      requests,
      hosts,
      clock,
      newUuid,
      record,
      desk,
      product,
      report,
      isAlive: process => isAlive(processes, process),
      sweep: orphans => sweepTasks(orphans, processes),
      maxParallel: () => settings().maxParallelTasks,
      takesQueued: surroundings.takesQueued,
      ownTasksOnly: surroundings.ownTasksOnly === true,
      afterReload: () => settings().afterReload,
      runner: () => ({
        newApprovalId: newShortId,
        openSession: launcher.open,
        snapshots,
        live,
        limits: { silenceMs: settings().silenceSeconds * 1000, idleMs: settings().idleMinutes * 60_000 },
        approvalDeadlineMs: approvalDeadlineMs(),
        onStoreFailure: error => health.storeFailed(error),
      }),
    }),
  );
  const questions = new ContentQuestions({ folder, log, clock, newId: newShortId });
  const starter = new TaskStarter({ folder, log, tasks, profiles, questions, settings, hostId: record.id });
  // A command looks after old snapshots when its task has ended, a window when it has been open for a while.
  const leavesSoon = surroundings.surface === 'command line';
  const upkeep = new SnapshotUpkeep({ log, snapshots, settings, followsNotes: leavesSoon, clock, report });
  const upkeepTimer = owned.add(
    new UpkeepTimer(clock, [
      () => upkeep.run(),
      async () => {
        for (const one of [folder, ...otherFolders()]) {
          await removeOldReports(one, settings().reportKeepDays, clock.now());
        }
      },
    ]),
  );
  const undo = new UndoService({
    log,
    snapshots,
    clock,
    newId: newShortId,
    livingHosts: () => new Set(host.livingHosts().map(({ id }) => id)),
  });
  const actions = new ActionRegistry(builtInActions({ clock, profiles, log, backups, undo, health }));
  const commands = owned.add(
    new CommandCatalog({
      folder,
      folders: () => surroundings.folders?.() ?? [folder],
      builtIn: packageFolder(),
      home,
      claudeConfig: claudeConfigFolder(surroundings.environment),
      grants,
      questions,
      clock,
    }),
  );

  const chainParts = owned.add(
    createChains({
      log,
      desk,
      tasks,
      commands,
      snapshots: new ChainSnapshotTaker({ log, snapshots, clock }),
      actions,
      start: input => starter.start(input),
      record,
      living: () => new Set(host.livingHosts().map(({ id }) => id)),
      surroundings,
      processes,
      clock,
      newId: newShortId,
      product,
      deadlineMs: approvalDeadlineMs,
    }),
  );
  const runner = new CommandRunner({
    folder,
    commands,
    profiles,
    chains: chainParts.chains,
    start: input => starter.start(input),
    hostId: record.id,
    environment: surroundings.environment,
  });

  return {
    folder,
    log,
    tasks,
    undo,
    review: new ReviewService({ log, undo, snapshots }),
    snapshots,
    upkeep,
    approvals: desk,
    grants,
    commands,
    chains: chainParts.chains,
    runCommand: input => runner.run(input),
    planCommand: input => runner.plan(input),
    onChainProgress: chainParts.onProgress,
    onLive: live.event,
    onDidChangeHealth: health.onDidChange,
    actor,
    actions,
    adoptChain: id => chainParts.host.adopt(id),
    hosts: () => host.livingHosts(),
    profiles: cwd => profiles.load(cwd),
    startTask: input => starter.start(input),
    health: () => health.checks(),
    refreshHealth: options => health.refresh(options),
    notices: store.notices,
    onDidNotice: store.onDidNotice,
    start: async () => {
      await host.start();
      chainParts.host.start();
      if (!leavesSoon) {
        upkeepTimer.soon();
      }
    },
    look: () => {
      host.look();
      chainParts.host.look();
      if (!leavesSoon) {
        upkeepTimer.soon();
      }
    },
    suspend: deadlineMs =>
      withDeadline(
        Promise.all([chainParts.host.suspend(), host.suspend()]).then(() => (leavesSoon ? upkeep.run() : undefined)),
        deadlineMs,
        clock,
      ),
    get rehearsalAddress() {
      return rehearsal.address;
    },
    dispose: () => {
      void rehearsal.dispose();
      owned.dispose();
    },
  };
}
