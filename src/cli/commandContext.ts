import type { PanelServices } from '../app/panelServices.ts';
import type { Clock } from '../base/clock.ts';
import type { Interrupts } from './interrupts.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What every command is given: the world around it, so that tests can be another one. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder that the command was typed in. */
  readonly directory: string;
  readonly clock: Clock;
  openPanel(options: PanelOptions): Promise<PanelServices>;
}

export interface PanelOptions {
  readonly workspace: string;
  /** Whether this process runs tasks, or only looks and answers. */
  readonly runsTasks: boolean;
}
