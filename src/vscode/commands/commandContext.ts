import type * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import type { CatalogCommand } from '../../core/catalog/command.ts';
import type { ContextKeys } from '../attention/contextKeys.ts';
import type { CommandDesk } from '../catalog/commandDesk.ts';
import type { CommandName } from '../contributions/commands.ts';
import type { InputEditors } from '../inputs/inputEditors.ts';
import type { PanelViews } from '../panel/panelViews.ts';
import type { PanelFactsSource } from '../panelFactsSource.ts';
import type { ProposalEditor } from '../proposals/proposalEditor.ts';
import type { ReviewSession } from '../review/reviewSession.ts';
import type { Started } from '../startedTasks.ts';
import type { UserSettings } from '../workspace/userSettings.ts';
import type { WorkspaceFolders } from '../workspace/workspaceFolders.ts';

/** What commands work with. */
export interface CommandContext {
  readonly services: () => Promise<PanelServices>;
  readonly current: () => PanelServices | undefined;
  /** Makes the services where that is possible; the panel says why where it is not. */
  readonly start: () => Promise<void>;
  readonly views: PanelViews;
  readonly facts: PanelFactsSource;
  readonly settings: UserSettings;
  readonly folders: WorkspaceFolders;
  readonly proposals: ProposalEditor;
  readonly review: ReviewSession;
  readonly keys: ContextKeys;
  readonly log: vscode.LogOutputChannel;
  readonly extensionId: string;
  /** The question that "next" and "previous" showed last. */
  readonly cursor: { approvalId: string | undefined };
  /** Starts a task and shows it, or shows what has to be approved first. */
  readonly run: (input: {
    readonly prompt: string;
    readonly profile: string;
    readonly folder?: string | undefined;
  }) => Promise<Started>;
  readonly selectProfile: (name: string) => void;
  readonly desk: CommandDesk;
  readonly inputEditors: InputEditors;
  /** Whether a command is in the lists: some have to be revealed first. */
  readonly isOffered: (command: CatalogCommand) => boolean;
}

export type Command = (context: CommandContext, ...given: readonly unknown[]) => Promise<void> | void;
export type Commands<Name extends CommandName> = { readonly [N in Name]: Command };
