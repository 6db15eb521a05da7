import type { CommandName } from './commands.ts';
import {
  COMMANDS_VIEW_ID,
  EDIT_SCHEME,
  REVIEW_COMMENTS_ID,
  REVIEW_VIEW_ID,
  TASKS_VIEW_ID,
  VIEW_SCHEME,
} from './views.ts';

export interface MenuItem {
  readonly command: CommandName;
  readonly when: string;
  readonly group: string;
}

const IN_COMMANDS = `view == ${COMMANDS_VIEW_ID}`;
const IN_TASKS = `view == ${TASKS_VIEW_ID}`;
const IN_REVIEW = `view == ${REVIEW_VIEW_ID}`;
const OPEN_CHANGE = `${IN_REVIEW} && viewItem =~ /\\.open$/`;
const DECIDED_CHANGE = `${IN_REVIEW} && viewItem =~ /\\.(accepted|putBack)$/`;
const IN_COMMENT = `commentController == ${REVIEW_COMMENTS_ID}`;

export const MENUS: Readonly<Record<string, readonly MenuItem[]>> = {
  'view/title': [
    { command: 'newCommand', when: IN_COMMANDS, group: 'navigation@2' },
    { command: 'runCommand', when: IN_COMMANDS, group: 'navigation@1' },
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
    { command: 'reviewSendComments', when: `${IN_REVIEW} && claudePanel.hasComments`, group: 'navigation@1' },
    { command: 'reviewOpenAll', when: IN_REVIEW, group: 'navigation@2' },
    { command: 'reviewAcceptAll', when: IN_REVIEW, group: 'navigation@3' },
    { command: 'reviewClose', when: IN_REVIEW, group: 'navigation@4' },
  ],
  'view/item/context': [
    { command: 'reviewAccept', when: OPEN_CHANGE, group: 'inline@1' },
    { command: 'reviewPutBack', when: OPEN_CHANGE, group: 'inline@2' },
    { command: 'reviewReopen', when: DECIDED_CHANGE, group: 'inline@1' },
    { command: 'reviewOpenChange', when: IN_REVIEW, group: '1_open@1' },
    { command: 'reviewAccept', when: OPEN_CHANGE, group: '2_decide@1' },
    { command: 'reviewPutBack', when: OPEN_CHANGE, group: '2_decide@2' },
    { command: 'reviewReopen', when: DECIDED_CHANGE, group: '2_decide@3' },
    {
      command: 'runListedCommand',
      when: `${IN_COMMANDS} && viewItem =~ /^(command\\.|claude$)/`,
      group: 'inline@2',
    },
    { command: 'previewListedCommand', when: `${IN_COMMANDS} && viewItem =~ /^command\\./`, group: 'inline@1' },
    { command: 'runListedCommand', when: `${IN_COMMANDS} && viewItem =~ /^(command\\.|claude$)/`, group: '1_run@1' },
    { command: 'previewListedCommand', when: `${IN_COMMANDS} && viewItem =~ /^command\\./`, group: '1_run@2' },
    {
      command: 'showListedCommand',
      when: `${IN_COMMANDS} && viewItem =~ /^(command\\.|broken\\.|claude$)/`,
      group: '2_file@1',
    },
    {
      command: 'editListedCommand',
      when: `${IN_COMMANDS} && viewItem =~ /^(command|broken)\\.(user|project)$/`,
      group: '2_file@2',
    },
    {
      command: 'duplicateListedCommand',
      when: `${IN_COMMANDS} && viewItem =~ /^command\\.(global|user)$/`,
      group: '2_file@3',
    },
  ],
  'comments/commentThread/context': [{ command: 'reviewAddComment', when: IN_COMMENT, group: 'inline@1' }],
  'comments/commentThread/title': [{ command: 'reviewRemoveComment', when: IN_COMMENT, group: 'navigation@1' }],
  'editor/title': [
    { command: 'useInputText', when: 'resource in claudePanel.inputDocuments', group: 'navigation@1' },
    { command: 'leaveProposal', when: `resourceScheme == ${EDIT_SCHEME}`, group: 'navigation@1' },
    { command: 'allowEdited', when: `resourceScheme == ${EDIT_SCHEME}`, group: 'navigation@2' },
    {
      command: 'editProposal',
      when: `resourceScheme == ${VIEW_SCHEME} && resourcePath =~ /^\\/proposal\\//`,
      group: 'navigation@1',
    },
  ],
};
