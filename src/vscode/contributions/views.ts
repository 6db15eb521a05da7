export const CONTAINER_ID = 'claude-panel';
export const TASKS_VIEW_ID = 'claudePanel.tasks';
export const REVIEW_VIEW_ID = 'claudePanel.review';
export const REVIEW_COMMENTS_ID = 'claudePanel.review';
export const COMMANDS_VIEW_ID = 'claudePanel.commands';
export const CONTROL_PANEL_TYPE = 'claudePanel.controlPanel';
export const STATUS_ITEM_ID = 'claudePanel.status';

/** Texts that can be read only, such as a proposal, the output of a tool or the ledger. */
export const VIEW_SCHEME = 'claude-panel-view';
/** Proposals that a person edits before allowing them. */
export const EDIT_SCHEME = 'claude-panel-edit';

/** The type of a task in `tasks.json`. */
export const TASK_TYPE = 'claude';

export const DATA_FILE = '.claude-panel/panel.db';
