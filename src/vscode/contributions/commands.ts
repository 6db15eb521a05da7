/** A command as VS Code learns it from the manifest. */
export interface CommandContribution {
  /** Shown after the category "Claude". */
  readonly title: string;
  /** A codicon, for the places that show one. */
  readonly icon?: string;
  /** When it can be run at all. */
  readonly enablement?: string;
  /** When the palette lists it; `false` keeps it out. */
  readonly palette?: string | false;
}

const HAS_PENDING = 'claudePanel.hasPending';
const HAS_TASKS = 'claudePanel.hasTasks';
const IS_RUNNING = 'claudePanel.running';
const REVIEWING = 'claudePanel.reviewing';
const HAS_COMMENTS = 'claudePanel.hasComments';
const GOD_REVEALED = 'config.claudePanel.revealGodMode';
const IN_INPUT = 'resource in claudePanel.inputDocuments';
const IN_PROPOSAL = 'resourceScheme == claude-panel-edit';

/** Every command of the extension, in the order of the palette's groups. The key follows `claudePanel.`. */
export const COMMANDS = {
  newTask: { title: 'New Task…', icon: '$(add)' },
  runTaskWithProfile: { title: 'Run Task with Profile…', icon: '$(play)' },
  godMode: { title: 'God Mode', icon: '$(rocket)', enablement: GOD_REVEALED, palette: GOD_REVEALED },
  safeMode: { title: 'Safe Mode', icon: '$(shield)' },
  serena: { title: 'Serena', icon: '$(symbol-class)' },
  securityAudit: { title: 'Security Audit', icon: '$(shield)' },
  buildAgent: { title: 'Build Agent', icon: '$(robot)' },
  dailyStandup: { title: 'Daily Standup', icon: '$(comment-discussion)' },
  researchMode: { title: 'Research Mode', icon: '$(search)' },
  backupNow: { title: 'Backup Now', icon: '$(archive)' },
  healthStatus: { title: 'Health Status', icon: '$(pulse)' },
  unfuckThis: { title: 'Unfuck This', icon: '$(discard)' },
  runCommand: { title: 'Run Command…', icon: '$(play)' },
  previewCommand: { title: 'Preview Command…', icon: '$(eye)' },
  newCommand: { title: 'New Command…', icon: '$(add)' },
  runListedCommand: { title: 'Run', icon: '$(play)', palette: false },
  previewListedCommand: { title: 'Show What Would Run', icon: '$(eye)', palette: false },
  showListedCommand: { title: 'Show Definition', icon: '$(go-to-file)', palette: false },
  editListedCommand: { title: 'Edit', icon: '$(edit)', palette: false },
  duplicateListedCommand: { title: 'Duplicate to Project', icon: '$(copy)', palette: false },
  openControlPanel: { title: 'Open Control Panel', icon: '$(open-preview)' },
  openTask: { title: 'Open Task…', enablement: HAS_TASKS },
  sendMessage: { title: 'Send Message to Task…', enablement: HAS_TASKS },
  stopTask: { title: 'Stop Task…', icon: '$(debug-stop)', enablement: IS_RUNNING },
  stopAllTasks: { title: 'Stop All Tasks', icon: '$(stop-circle)', enablement: IS_RUNNING },
  pauseTask: { title: 'Pause Task…', icon: '$(debug-pause)', enablement: IS_RUNNING },
  continueTask: { title: 'Continue Task…', icon: '$(debug-continue)', enablement: HAS_TASKS },
  forkTask: { title: 'Fork Task…', icon: '$(repo-forked)', enablement: HAS_TASKS },
  archiveTask: { title: 'Archive Task…', icon: '$(archive)', enablement: HAS_TASKS },
  focusInbox: { title: 'Focus Inbox', icon: '$(inbox)' },
  nextApproval: { title: 'Next Pending Approval', enablement: HAS_PENDING },
  previousApproval: { title: 'Previous Pending Approval', enablement: HAS_PENDING },
  approve: { title: 'Approve…', enablement: HAS_PENDING },
  deny: { title: 'Deny…', enablement: HAS_PENDING },
  answerQuestion: { title: 'Answer Question…', enablement: HAS_PENDING },
  showProposal: { title: 'Open Proposed Change…', icon: '$(diff)', enablement: HAS_PENDING },
  editProposal: { title: 'Edit First', icon: '$(edit)', palette: false },
  allowEdited: { title: 'Allow With These Edits', icon: '$(check)', enablement: IN_PROPOSAL, palette: IN_PROPOSAL },
  useInputText: { title: 'Use This Text', icon: '$(check)', palette: IN_INPUT },
  leaveProposal: { title: 'Back', icon: '$(arrow-left)', palette: false },
  reviewChanges: { title: 'Review Changes of Task…', icon: '$(diff-multiple)', enablement: HAS_TASKS },
  reviewOpenAll: { title: 'Open All Changes', icon: '$(diff-multiple)', enablement: REVIEWING, palette: REVIEWING },
  reviewOpenChange: { title: 'Open Change', icon: '$(go-to-file)', palette: false },
  reviewAccept: { title: 'Accept Change', icon: '$(check)', enablement: REVIEWING, palette: REVIEWING },
  reviewPutBack: { title: 'Put Back', icon: '$(discard)', enablement: REVIEWING, palette: REVIEWING },
  reviewReopen: { title: 'Take Decision Back', icon: '$(history)', palette: false },
  reviewAcceptAll: { title: 'Accept All Changes', icon: '$(check-all)', enablement: REVIEWING, palette: REVIEWING },
  reviewAddComment: { title: 'Add Comment', palette: false },
  reviewRemoveComment: { title: 'Discard Comment', icon: '$(trash)', palette: false },
  reviewSendComments: {
    title: 'Send Comments to Task',
    icon: '$(send)',
    enablement: HAS_COMMENTS,
    palette: HAS_COMMENTS,
  },
  reviewClose: { title: 'End Review', icon: '$(close)', enablement: REVIEWING, palette: REVIEWING },
  undoChanges: { title: 'Undo Changes…', icon: '$(discard)', enablement: HAS_TASKS },
  redoChanges: { title: 'Redo Changes…', icon: '$(redo)', enablement: HAS_TASKS },
  freeSnapshotSpace: { title: 'Free Snapshot Space…', icon: '$(trash)' },
  forkFromBefore: { title: 'Fork Task from Before Its Last Run…', icon: '$(repo-forked)', enablement: HAS_TASKS },
  showLedger: { title: 'Show Decision Ledger', icon: '$(law)' },
  resetApprovals: { title: 'Reset Workspace Approvals…' },
  checkHealth: { title: 'Check Health and Fix…', icon: '$(heart)' },
  selectExecutable: { title: 'Select Claude Executable…' },
  startRehearsal: {
    title: 'Try It Without an Account',
    enablement: '!claudePanel.rehearsal',
    palette: '!claudePanel.rehearsal',
  },
  stopRehearsal: {
    title: 'Stop Rehearsal',
    icon: '$(beaker-stop)',
    enablement: 'claudePanel.rehearsal',
    palette: 'claudePanel.rehearsal',
  },
  manageTrust: { title: 'Manage Workspace Trust', palette: false },
  showLog: { title: 'Show Log', icon: '$(output)' },
  openSettings: { title: 'Open Settings', icon: '$(gear)' },
  openWalkthrough: { title: 'Open Walkthrough' },
} as const satisfies Record<string, CommandContribution>;

export type CommandName = keyof typeof COMMANDS;
type CommandId = `claudePanel.${CommandName}`;

export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];

export function commandId(name: CommandName): CommandId {
  return `claudePanel.${name}`;
}

/** The name of one of our own commands; nothing for any other id. */
export function commandNameOf(id: string): CommandName | undefined {
  return COMMAND_NAMES.find(name => commandId(name) === id);
}
