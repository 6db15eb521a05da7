import type { PanelSettings } from '../../../src/app/panelServices.ts';

export const SETTINGS: PanelSettings = {
  maxParallelTasks: 4,
  approvalDeadlineMinutes: 0,
  afterReload: 'continue',
  revealAcceptEdits: false,
  revealAuto: false,
  revealGodMode: false,
  taskMinutes: 0,
  silenceSeconds: 60,
  idleMinutes: 15,
  undoIgnoredMegabytes: 5,
  undoKeepDays: 30,
  undoDiskMegabytes: 2000,
  reportKeepDays: 0,
  rehearsal: false,
};
