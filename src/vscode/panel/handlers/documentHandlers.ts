import type { Handlers } from '../messageHandler.ts';

/** What opens in VS Code's own editors, and commands of the extension. */
export const documentHandlers: Handlers<'openChange' | 'changes' | 'openOutput' | 'openLink' | 'command'> = {
  openChange: ({ taskId, toolUseId, path }, { actions }) => actions.openChange(taskId, toolUseId, path),
  changes: ({ taskId, action }, { actions }) => {
    const act = {
      review: actions.reviewChanges,
      undo: actions.undoChanges,
      redo: actions.redoChanges,
      forkFromBefore: actions.forkFromBefore,
    }[action];
    return act(taskId);
  },
  openOutput: ({ taskId, toolUseId }, { actions }) => actions.openOutput(taskId, toolUseId),
  openLink: ({ href }, { actions }) => actions.openLink(href),
  command: ({ command }, { actions }) => {
    // Not waited for: a command may ask the person something.
    void actions.runCommand(command);
  },
};
