import type { PanelServices } from '../../app/panelServices.ts';

/** What undo and redo work with. */
export interface UndoDesk {
  readonly services: PanelServices;
  readonly reveal: (taskId: string) => Promise<void>;
}
