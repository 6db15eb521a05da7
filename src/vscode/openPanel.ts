import * as vscode from 'vscode';
import type { CommandPlaces } from '../app/commandSources.ts';
import { packageFolder } from '../app/packageFolder.ts';
import { panelHome } from '../app/panelHome.ts';
import type { PanelServices, Surroundings } from '../app/panelServices.ts';
import { userName } from '../app/userName.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { CommandFiles } from './commandFiles/commandFiles.ts';
import { offerCommandLanguage } from './commandFiles/commandLanguage.ts';
import type { EditedDocuments } from './documents/editedDocuments.ts';
import { PanelSurface, type SurfaceParts } from './panelSurface.ts';
import { ServiceHost, type ServicesState } from './workspace/serviceHost.ts';
import { noFolder, notTrusted } from './workspace/surfaceErrors.ts';
import { UserSettings } from './workspace/userSettings.ts';
import type { WorkspaceFolders } from './workspace/workspaceFolders.ts';

interface Parts {
  readonly context: SurfaceParts['context'];
  readonly folders: WorkspaceFolders;
  readonly edited: EditedDocuments;
  readonly commandsChanged: () => void;
}

/** The panel, once it is loaded. */
export interface OpenedPanel extends Disposable {
  readonly surface: PanelSurface;
  readonly servicesState: ServicesState['kind'];
  /** Starts what can be started here, and tells the person, once, when it fails. */
  start(): Promise<void>;
  /** Sets running tasks aside, within the time that VS Code leaves. */
  close(withinMs: number): Promise<void>;
}

/**
 * Puts the panel together. This module, and what only it imports, is in files of its own that activation does not load.
 */
export function openPanel({ context, folders, edited, commandsChanged }: Parts): OpenedPanel {
  const owned = new DisposableStore();
  const log = owned.add(vscode.window.createOutputChannel('Claude Control Panel', { log: true }));
  const settings = owned.add(new UserSettings());
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
  let starting: Promise<void> | undefined;
  const start = (): Promise<void> => {
    starting ??= startOnce().finally(() => {
      starting = undefined;
    });
    return starting;
  };
  const startOnce = async (): Promise<void> => {
    if (folders.first !== undefined && folders.isTrusted) {
      await host.get().catch((error: unknown) => void surface.fail(error));
    }
  };
  const commandFiles = owned.add(
    new CommandFiles({ places: () => commandPlaces(folders), log: text => log.warn(text) }),
  );
  owned.add(offerCommandLanguage(commandFiles));
  const surface = owned.add(
    new PanelSurface({ context, host, settings, folders, edited, log, start, commandsChanged }),
  );
  return {
    surface,
    start,
    get servicesState() {
      return host.state.kind;
    },
    close: withinMs => host.close(withinMs),
    dispose: () => owned.dispose(),
  };
}

/** Where the commands that each folder of the workspace can see come from. */
function commandPlaces(folders: WorkspaceFolders): readonly CommandPlaces[] {
  try {
    const home = panelHome(process.env);
    const builtIn = packageFolder();
    return folders.all.map(({ path: folder }) => ({ folder, home, builtIn }));
  } catch {
    // There is no home; whoever starts the services is told so.
    return [];
  }
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
