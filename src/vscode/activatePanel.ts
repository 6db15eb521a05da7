import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable.ts';
import { COMMAND_NAMES, commandId } from './contributions/commands.ts';
import { CONTROL_PANEL_TYPE, TASKS_VIEW_ID } from './contributions/views.ts';
import { EditedDocuments } from './documents/editedDocuments.ts';
import { ReadOnlyDocuments } from './documents/readOnlyDocuments.ts';
import type { OpenedPanel } from './openPanel.ts';
import { visibleTab } from './panel/visibleTab.ts';
import { WorkspaceFolders } from './workspace/workspaceFolders.ts';

export interface ActivePanel {
  /** `idle` until something needed the services. */
  readonly servicesState: () => OpenedPanel['servicesState'];
  /** Sets running tasks aside, within the time that VS Code leaves. */
  readonly close: (withinMs: number) => Promise<void>;
}

/**
 * Registers what VS Code has to know, and nothing more. Everything else is in a second bundle, loaded when the first
 * of it is needed: VS Code counts what is imported here as the time that activation takes.
 */
export function activatePanel(context: vscode.ExtensionContext): ActivePanel {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const folders = owned.add(new WorkspaceFolders());
  const edited = owned.add(new EditedDocuments(async approvalId => (await surface()).texts.proposal(approvalId)));
  owned.add(new ReadOnlyDocuments(async source => (await surface()).texts.textOrReason(source)));

  let opening: Promise<OpenedPanel> | undefined;
  let opened: OpenedPanel | undefined;
  const open = (): Promise<OpenedPanel> => {
    opening ??= import('./openPanel.ts').then(({ openPanel }) => {
      opened = owned.add(openPanel({ context, folders, edited }));
      return opened;
    });
    return opening;
  };
  const surface = async (): Promise<OpenedPanel['surface']> => (await open()).surface;
  const start = async (): Promise<void> => (await open()).start();

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
        void start();
        await (await surface()).views.showInSidebar(view);
      },
    }),
  );
  owned.add(
    vscode.window.registerWebviewPanelSerializer(CONTROL_PANEL_TYPE, {
      deserializeWebviewPanel: async panel => {
        void start();
        await (await surface()).views.showInEditor(panel);
      },
    }),
  );
  owned.add(
    folders.onDidChange(() => {
      if (folders.hasData || opened?.surface.views.isVisible === true) {
        void start();
      }
    }),
  );
  if (folders.hasData || visibleTab() !== undefined) {
    // After a reload or a crash there may be tasks and a tab to take over; activation itself does not wait for it.
    setImmediate(() => void start());
  }
  return {
    servicesState: () => opened?.servicesState ?? 'idle',
    close: async withinMs => (await opening)?.close(withinMs),
  };
}
