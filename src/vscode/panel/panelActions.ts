import type { Actor } from '../../core/events/actor.ts';

/** What the panel asks of VS Code and of the rest of the extension. */
export interface PanelActions {
  /** @throws PanelError. Without a task's id an approval has to be answered first; the task starts by itself then. */
  startTask(input: {
    readonly prompt: string;
    readonly profile: string;
    readonly folder?: string | undefined;
    readonly surface: Actor['surface'];
  }): Promise<{ readonly taskId?: string }>;
  selectProfile(name: string): void;
  /** Asks for the first message of the fork, then makes it and shows it. */
  forkTask(taskId: string): Promise<void>;
  /** Gives the id of the chain that `run` started. */
  chainAction(chainId: string, action: 'stop' | 'run' | 'discard' | 'openWide'): Promise<string | undefined>;
  rerunStep(chainId: string, stepId: string): Promise<void>;
  openStepOutput(chainId: string, stepId: string): Promise<void>;
  openProposal(approvalId: string, edit: boolean): Promise<void>;
  openChange(taskId: string, toolUseId: string | undefined, path: string | undefined): Promise<void>;
  /** This and the next three only begin: what they ask the person may take a while. */
  reviewChanges(taskId: string): Promise<void>;
  undoChanges(taskId: string): Promise<void>;
  /** Takes back the undo that the task is under now. */
  redoChanges(taskId: string): Promise<void>;
  forkFromBefore(taskId: string): Promise<void>;
  openOutput(taskId: string, toolUseId: string): Promise<void>;
  openLink(href: string): Promise<void>;
  runCommand(command: string): Promise<void>;
}
