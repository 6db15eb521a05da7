import type { CommandName } from './commands.ts';
import { EDIT_SCHEME, TASKS_VIEW_ID, VIEW_SCHEME } from './views.ts';

export interface MenuItem {
  readonly command: CommandName;
  readonly when: string;
  readonly group: string;
}

const IN_TASKS = `view == ${TASKS_VIEW_ID}`;

export const MENUS: Readonly<Record<string, readonly MenuItem[]>> = {
  'view/title': [
    { command: 'newTask', when: IN_TASKS, group: 'navigation@1' },
    { command: 'openControlPanel', when: IN_TASKS, group: 'navigation@2' },
    { command: 'runTaskWithProfile', when: IN_TASKS, group: '1_run@1' },
    { command: 'stopAllTasks', when: IN_TASKS, group: '1_run@2' },
    { command: 'showLedger', when: IN_TASKS, group: '2_look@1' },
    { command: 'checkHealth', when: IN_TASKS, group: '2_look@2' },
    { command: 'showLog', when: IN_TASKS, group: '2_look@3' },
    { command: 'startRehearsal', when: `${IN_TASKS} && !claudePanel.rehearsal`, group: '3_rehearsal@1' },
    { command: 'stopRehearsal', when: `${IN_TASKS} && claudePanel.rehearsal`, group: '3_rehearsal@1' },
    { command: 'openSettings', when: IN_TASKS, group: '4_settings@1' },
    { command: 'openWalkthrough', when: IN_TASKS, group: '4_settings@2' },
  ],
  'editor/title': [
    { command: 'leaveProposal', when: `resourceScheme == ${EDIT_SCHEME}`, group: 'navigation@1' },
    { command: 'allowEdited', when: `resourceScheme == ${EDIT_SCHEME}`, group: 'navigation@2' },
    {
      command: 'editProposal',
      when: `resourceScheme == ${VIEW_SCHEME} && resourcePath =~ /^\\/proposal\\//`,
      group: 'navigation@1',
    },
  ],
};
