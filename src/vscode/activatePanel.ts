import * as vscode from 'vscode';
import type { PanelServices, Surroundings } from '../app/panelServices.ts';
import { userName } from '../app/userName.ts';
import { DisposableStore } from '../base/disposable.ts';
import { COMMAND_NAMES, commandId } from './contributions/commands.ts';
import { CONTROL_PANEL_TYPE, TASKS_VIEW_ID } from './contributions/views.ts';
import { EditedDocuments } from './documents/editedDocuments.ts';
import { ReadOnlyDocuments } from './documents/readOnlyDocuments.ts';
import { hasVisibleTab } from './panel/lostTab.ts';
import type { PanelSurface } from './panelSurface.ts';
import { ServiceHost } from './workspace/serviceHost.ts';
import { noFolder, notTrusted } from './workspace/surfaceErrors.ts';
import { UserSettings } from './workspace/userSettings.ts';
import { WorkspaceFolders } from './workspace/workspaceFolders.ts';

export interface ActivePanel {
  /** `idle` until something needed the services. */
  readonly servicesState: () => ReturnType<() => ServiceHost['state']['kind']>;
  /** Sets running tasks aside, within the time that VS Code leaves. */
  readonly close: (withinMs: number) => Promise<void>;
}

/** Registers what VS Code has to know, and nothing more: everything else is loaded when it is first needed. */
export function activatePanel(context: vscode.ExtensionContext): ActivePanel {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const log = owned.add(vscode.window.createOutputChannel('Claude Control Panel', { log: true }));
  const settings = owned.add(new UserSettings());
  const folders = owned.add(new WorkspaceFolders());
  const host = owned.add(
    new ServiceHost({
      check: () => {
        if (folders.first === undefined) {
          throw noFolder();
        }
        if (!folders.isTrusted) {
          throw notTrusted();
        }
      },
      create: () => createServices(folders, settings, log),
      log: (level, text) => log[level](text),
    }),
  );

  let made: Promise<PanelSurface> | undefined;
  const surface = (): Promise<PanelSurface> => {
    made ??= import('./panelSurface.ts').then(({ PanelSurface: Surface }) =>
      owned.add(new Surface({ context, host, settings, folders, edited, log, start: startHere })),
    );
    return made;
  };
  /** Starts what can be started here, and tells the person, once, when it fails. */
  let starting: Promise<void> | undefined;
  const startHere = (): Promise<void> => {
    starting ??= startOnce().finally(() => {
      starting = undefined;
    });
    return starting;
  };
  const startOnce = async (): Promise<void> => {
    const shown = await surface();
    if (folders.first !== undefined && folders.isTrusted) {
      await host.get().catch((error: unknown) => void shown.fail(error));
    }
  };
  const startWhenWanted = async (): Promise<void> => {
    if (folders.hasData || (await made)?.views.isVisible === true) {
      await startHere();
    }
  };

  for (const name of COMMAND_NAMES) {
    owned.add(
      vscode.commands.registerCommand(commandId(name), async (...given: unknown[]) =>
        (await surface()).run(name, given),
      ),
    );
  }
  owned.add(
    vscode.window.registerWebviewViewProvider(TASKS_VIEW_ID, {
      resolveWebviewView: async view => {
        void startHere();
        await (await surface()).views.showInSidebar(view);
      },
    }),
  );
  owned.add(
    vscode.window.registerWebviewPanelSerializer(CONTROL_PANEL_TYPE, {
      deserializeWebviewPanel: async panel => {
        void startHere();
        await (await surface()).views.showInEditor(panel);
      },
    }),
  );
  const edited = owned.add(new EditedDocuments(async approvalId => (await surface()).texts.proposal(approvalId)));
  owned.add(new ReadOnlyDocuments(async source => (await surface()).texts.text(source)));
  owned.add(folders.onDidChange(() => void startWhenWanted()));
  if (folders.hasData || hasVisibleTab()) {
    // After a reload or a crash there may be tasks and a tab to take over; activation itself does not wait for it.
    setImmediate(() => void startHere());
  }
  return { servicesState: () => host.state.kind, close: withinMs => host.close(withinMs) };
}

async function createServices(
  folders: WorkspaceFolders,
  settings: UserSettings,
  log: vscode.LogOutputChannel,
): Promise<PanelServices> {
  const folder = folders.first;
  if (folder === undefined) {
    throw noFolder();
  }
  const surroundings: Surroundings = {
    folder: folder.path,
    folders: () => folders.all.map(one => one.path),
    surface: 'VS Code window',
    takesQueued: () => folders.isTrusted,
    settings: () => settings.panel(),
    log: (level, text) => log[level](text),
    environment: process.env,
    userName: userName(process.env),
  };
  const began = performance.now();
  const { createPanelServices } = await import('../app/createPanelServices.ts');
  const loaded = performance.now();
  const services = await createPanelServices(surroundings);
  const [loading, opening] = [loaded - began, performance.now() - loaded].map(Math.round);
  log.info(`Ready for ${folder.path}: ${loading} ms to load the code, ${opening} ms to open the workspace file.`);
  return services;
}
