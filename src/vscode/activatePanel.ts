import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable.ts';
import type { CommandNode } from './catalog/commandNodes.ts';
import { isWorkspaceCommand } from './commandFiles/commandFilePaths.ts';
import { COMMAND_NAMES, commandId } from './contributions/commands.ts';
import { COMMANDS_VIEW_ID, CONTROL_PANEL_TYPE, TASK_TYPE, TASKS_VIEW_ID } from './contributions/views.ts';
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
 * Registers what VS Code has to know, and nothing more. Everything else is in other files, loaded when the first
 * of it is needed: VS Code counts what is imported here as the time that activation takes.
 */
export function activatePanel(context: vscode.ExtensionContext): ActivePanel {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const folders = owned.add(new WorkspaceFolders());
  const commandsChanged = owned.add(new vscode.EventEmitter<void>());
  const edited = owned.add(new EditedDocuments(async approvalId => (await surface()).texts.proposal(approvalId)));
  owned.add(new ReadOnlyDocuments(async source => (await surface()).texts.textOrReason(source)));

  let opening: Promise<OpenedPanel> | undefined;
  let opened: OpenedPanel | undefined;
  const open = (): Promise<OpenedPanel> => {
    opening ??= import('./openPanel.ts').then(({ openPanel }) => {
      opened = owned.add(openPanel({ context, folders, edited, commandsChanged: () => commandsChanged.fire() }));
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
    vscode.window.registerTreeDataProvider<CommandNode>(COMMANDS_VIEW_ID, {
      onDidChangeTreeData: commandsChanged.event,
      getTreeItem: async node => (await surface()).commands.tree.item(node),
      getChildren: async node => (await surface()).commands.tree.children(node),
    }),
  );
  owned.add(
    vscode.tasks.registerTaskProvider(TASK_TYPE, {
      provideTasks: async () => (await surface()).commands.tasks.provide(),
      resolveTask: async task => (await surface()).commands.tasks.resolve(task),
    }),
  );
  owned.add(vscode.window.registerUriHandler({ handleUri: async uri => (await surface()).commands.openLink(uri) }));
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
      owned.add(
        vscode.workspace.onDidOpenTextDocument(({ uri }) => {
          if (isWorkspaceCommand(uri.path)) {
            void open();
          }
        }),
      );
      if (folders.hasCommands) {
        // What is wrong with their files is told, whether one of them is open or not.
        setImmediate(() => void open());
      }
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
