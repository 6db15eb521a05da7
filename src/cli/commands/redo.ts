import type { CommandAction } from '../commandSpec.ts';
import { findByPrefix } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { carryOut } from '../undoing/carryOut.ts';
import { unknownId } from '../usageError.ts';

/** `claude-panel redo [UNDO]`: takes an undo back; the last one when none is named. */
export const redo: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: false }, async panel => {
    await panel.start();
    const typed = given.operand(0);
    const known = panel.undo.redoable().map(({ undoId }) => ({ id: undoId }));
    const found = typed === undefined ? undefined : findByPrefix('undo', typed, known);
    if (typed !== undefined && found === undefined) {
      throw unknownId('undo', typed, 'Every undo can be taken back once.');
    }
    return carryOut(context, panel, given, await panel.undo.planRedo(found?.id));
  });
