import type { IconName } from '../parts/icon.ts';
import type { ChangeAction, TaskAction } from './taskActions.ts';

interface ActionLook {
  readonly label: string;
  readonly icon: IconName;
  readonly detail?: string;
}

export const ACTION_LABELS: Readonly<Record<TaskAction, ActionLook>> = {
  stop: { label: 'Stop', icon: 'stop', detail: 'Ends the agent, its commands and its MCP servers' },
  pause: { label: 'Pause', icon: 'pause', detail: 'Settles the turn, keeps the session, frees the process' },
  continue: { label: 'Continue', icon: 'play' },
  fork: { label: 'Fork', icon: 'fork', detail: 'A new task with the same session so far' },
  runAgain: { label: 'Run again', icon: 'rerun', detail: 'The same prompt in a new session' },
  archive: { label: 'Archive', icon: 'archive' },
  unarchive: { label: 'Take out of the archive', icon: 'unarchive' },
  markRead: { label: 'Mark as read', icon: 'check' },
};

export const CHANGE_LABELS: Readonly<Record<ChangeAction, ActionLook>> = {
  review: { label: 'Review', icon: 'diff', detail: 'Accept or put back file by file' },
  undo: { label: 'Undo…', icon: 'discard', detail: 'Shows first what is put back' },
  redo: { label: 'Redo…', icon: 'redo', detail: 'Takes the undo back; shows first what changes' },
  forkFromBefore: {
    label: 'Fork from before…',
    icon: 'fork',
    detail: 'A new task with the conversation as it was before what is undone',
  },
};
