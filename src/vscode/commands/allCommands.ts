import type { CommandName } from '../contributions/commands.ts';
import { approvalCommands } from './approvalCommands.ts';
import { catalogCommands } from './catalogCommands.ts';
import type { Commands } from './commandContext.ts';
import { newTaskCommands } from './newTaskCommands.ts';
import { panelCommands } from './panelCommands.ts';
import { reviewCommands } from './reviewCommands.ts';
import { taskCommands } from './taskCommands.ts';
import { undoCommands } from './undoCommands.ts';

export const ALL_COMMANDS: Commands<CommandName> = {
  ...newTaskCommands,
  ...catalogCommands,
  ...taskCommands,
  ...approvalCommands,
  ...panelCommands,
  ...reviewCommands,
  ...undoCommands,
};
