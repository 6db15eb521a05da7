import * as vscode from 'vscode';
import type { PanelServices } from '../app/panelServices.ts';
import { systemClock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { PanelError } from '../base/panelError.ts';
import { ApprovalCards } from './approvalCards.ts';
import { ContextKeys } from './attention/contextKeys.ts';
import { Notifications } from './attention/notifications.ts';
import { StatusItem } from './attention/statusItem.ts';
import { TaskCounts } from './attention/taskCounts.ts';
import { WorkspaceSigns } from './attention/workspaceSigns.ts';
import { CommandSurfaces } from './catalog/commandSurfaces.ts';
import { requireClaude } from './claudeFault.ts';
import { ALL_COMMANDS } from './commands/allCommands.ts';
import type { CommandContext } from './commands/commandContext.ts';
import { fork } from './commands/taskCommands.ts';
import type { CommandName } from './contributions/commands.ts';
import { DocumentTexts } from './documents/documentTexts.ts';
import type { EditedDocuments } from './documents/editedDocuments.ts';
import { tellFailure } from './failureMessage.ts';
import { InputEditors } from './inputs/inputEditors.ts';
import { ChainPlans } from './panel/chainPlans.ts';
import { LiveTexts } from './panel/liveTexts.ts';
import { PageLoader } from './panel/pageLoader.ts';
import { MEASURE_VARIABLE, PaintMeter } from './panel/paintMeter.ts';
import { PanelViews } from './panel/panelViews.ts';
import { vscodeActions } from './panel/vscodeActions.ts';
import { PanelFactsSource } from './panelFactsSource.ts';
import { ProposalEditor } from './proposals/proposalEditor.ts';
import { ReviewSession } from './review/reviewSession.ts';
import { StartedTasks } from './startedTasks.ts';
import { WaitingStarts } from './waitingStarts.ts';
import type { ServiceHost } from './workspace/serviceHost.ts';
import { StartRetry } from './workspace/startRetry.ts';
import { unknownFolder } from './workspace/surfaceErrors.ts';
import type { UserSettings } from './workspace/userSettings.ts';
import type { WorkspaceFolders } from './workspace/workspaceFolders.ts';

const CHOSEN_PROFILE = 'chosenProfile';

export interface SurfaceParts {
  readonly context: Pick<vscode.ExtensionContext, 'extensionUri' | 'workspaceState'> & {
    readonly extension: { readonly id: string };
  };
  readonly host: ServiceHost;
  readonly settings: UserSettings;
  readonly folders: WorkspaceFolders;
  readonly edited: EditedDocuments;
  readonly log: vscode.LogOutputChannel;
  /** The tree of commands has to be drawn anew. */
  readonly commandsChanged: () => void;
  /** Makes the services where that is possible, and tells the person when it fails. */
  readonly start: () => Promise<void>;
}

/** Everything that a person sees of the extension. Put together when the first of it is needed. */
export class PanelSurface implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #parts: SurfaceParts;
  readonly #commands: CommandContext;
  readonly views: PanelViews;
  readonly texts: DocumentTexts;
  readonly commands: CommandSurfaces;

  constructor(parts: SurfaceParts) {
    this.#parts = parts;
    const { context, host, settings, folders, edited, log } = parts;
    const clock = systemClock;
    const services = (): Promise<PanelServices> => host.get();
    const keys = new ContextKeys();
    const cards = this.#owned.add(new ApprovalCards(clock));
    const counts = this.#owned.add(
      new TaskCounts(clock, error => log.warn(`The tasks could not be counted: ${String(error)}`)),
    );
    const plans = this.#owned.add(new ChainPlans());
    const liveTexts = this.#owned.add(new LiveTexts());
    const facts = this.#owned.add(
      new PanelFactsSource({
        clock,
        services: () => host.current,
        startFailure: () => host.failure,
        onDidChangeServices: host.onDidChange,
        onDidChangeSurroundings: listener => {
          const both = new DisposableStore();
          both.add(settings.onDidChange(listener));
          both.add(folders.onDidChange(listener));
          return both;
        },
        folders: () => folders.all.map(({ name, path }) => ({ name, path })),
        isTrusted: () => folders.isTrusted,
        isRehearsal: () => settings.panel().rehearsal,
        wantedProfiles: () => [context.workspaceState.get<string>(CHOSEN_PROFILE), settings.defaultProfile()],
        log: text => log.warn(text),
      }),
    );

    this.texts = new DocumentTexts(services);
    const proposals = new ProposalEditor({ texts: this.texts, edited, services });
    const started = this.#owned.add(
      new StartedTasks({
        services,
        onStarted: taskId => void this.views.reveal({ kind: 'task', taskId }),
        waiting: new WaitingStarts(context.workspaceState),
        onRefused: text => void this.views.reveal({ kind: 'compose', text }),
        onFailed: (error, { prompt }) => {
          void this.views.reveal({ kind: 'compose', text: prompt });
          void this.fail(error);
        },
      }),
    );

    const selectProfile = (name: string): void => {
      void context.workspaceState.update(CHOSEN_PROFILE, name);
      facts.touch();
    };
    const start = async (
      input: { readonly prompt: string; readonly profile: string; readonly folder?: string | undefined },
      surface: 'panel' | 'palette',
    ): ReturnType<StartedTasks['start']> => {
      const all = await services();
      await requireClaude(all);
      const folder = input.folder === undefined ? folders.first?.path : folders.known(input.folder);
      if (folder === undefined) {
        throw unknownFolder(input.folder ?? '');
      }
      const { prompt, profile } = input;
      return started.start({ prompt, profile, cwd: folder, by: all.actor(surface) });
    };

    const meterFile = process.env[MEASURE_VARIABLE];
    this.views = this.#owned.add(
      new PanelViews(
        {
          services,
          current: () => host.current,
          onDidChangeServices: host.onDidChange,
          facts,
          cards,
          plans,
          liveTexts,
          clock,
          log: text => log.warn(text),
          meter: meterFile === undefined ? undefined : new PaintMeter(meterFile, clock),
          actions: vscodeActions({
            services,
            texts: this.texts,
            proposals,
            folders,
            plans,
            revealWide: target => this.views.revealWide(target),
            selectProfile,
            startTask: async ({ surface: _surface, ...input }) => {
              const outcome = await start(input, 'panel');
              if (outcome.kind === 'started') {
                return { taskId: outcome.taskId };
              }
              await this.views.reveal({ kind: 'approval', approvalId: outcome.approvalId });
              return {};
            },
            forkTask: async taskId => {
              try {
                const all = await services();
                await fork({ views: this.views }, all, all.tasks.get(taskId));
              } catch (error) {
                await this.fail(error);
              }
            },
          }),
        },
        new PageLoader(context.extensionUri),
      ),
    );

    const inputEditors = this.#owned.add(new InputEditors(error => void this.fail(error)));
    this.commands = this.#owned.add(
      new CommandSurfaces({
        services,
        write: wanted => inputEditors.write(wanted),
        plans,
        views: () => this.views,
        settings,
        folders,
        wantedProfileOf: folder => facts.wantedProfileOf(folder),
        changed: parts.commandsChanged,
        tell: error => void this.fail(error),
      }),
    );

    const notifications = this.#owned.add(
      new Notifications({
        clock,
        cards,
        level: () => settings.notifications(),
        setLevel: level => settings.update('notifications', level),
        isPanelVisible: () => this.views.isVisible,
        workspaceName: () => vscode.workspace.name ?? folders.first?.name ?? '',
        reveal: target => void this.views.reveal(target),
        tell: error => void this.fail(error),
      }),
    );
    this.#owned.add(new StatusItem(counts, facts));
    this.#owned.add(new StartRetry({ host, clock }));
    this.#owned.add(new WorkspaceSigns({ host, settings, folders, facts, counts, keys, views: this.views }));

    this.#commands = {
      services,
      views: this.views,
      facts,
      settings,
      folders,
      proposals,
      review: this.#owned.add(new ReviewSession({ services, keys, fail: error => void this.fail(error) })),
      keys,
      log,
      start: parts.start,
      current: () => host.current,
      extensionId: context.extension.id,
      cursor: { approvalId: undefined },
      selectProfile,
      desk: this.commands.desk,
      inputEditors,
      isOffered: this.commands.isOffered,
      run: async input => {
        const outcome = await start(input, 'palette');
        await this.views.reveal(
          outcome.kind === 'started'
            ? { kind: 'task', taskId: outcome.taskId }
            : { kind: 'approval', approvalId: outcome.approvalId },
        );
        return outcome;
      },
    };

    const follow = (): void => {
      const current = host.current;
      cards.follow(current);
      counts.follow(current);
      liveTexts.follow(current);
      notifications.follow(current);
      started.follow(current);
      this.commands.follow(current);
    };
    this.#owned.add(host.onDidChange(follow));
    follow();
  }

  /** Runs a command, and tells the person when it could not be done. */
  async run(name: CommandName, given: readonly unknown[]): Promise<void> {
    try {
      await ALL_COMMANDS[name](this.#commands, ...given);
    } catch (error) {
      await this.fail(error);
    }
  }

  async fail(error: unknown): Promise<void> {
    const { log } = this.#parts;
    if (error instanceof PanelError) {
      log.warn([error.message, error.detail].filter(Boolean).join(' '));
    } else {
      log.error(error instanceof Error ? error : String(error));
    }
    await tellFailure(error);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
