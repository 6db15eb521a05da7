import { systemClock } from '../../base/clock.ts';
import { redoFlow, undoFlow } from '../undo/undoFlow.ts';
import type { Commands } from './commandContext.ts';

/** Universal undo and redo. `undoChanges` takes a task's id, `redoChanges` that of an undo, or lets the person pick. */
export const undoCommands: Commands<'undoChanges' | 'redoChanges'> = {
  undoChanges: async ({ services }, given) =>
    undoFlow(await services(), typeof given === 'string' ? { kind: 'task', id: given } : undefined, systemClock.now()),
  redoChanges: async ({ services }, given) => redoFlow(await services(), typeof given === 'string' ? given : undefined),
};
