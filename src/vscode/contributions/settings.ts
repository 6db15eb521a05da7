/*
 * Where a setting may be written decides what a cloned repository can do. `machine` and `application` settings are
 * ignored by VS Code in a workspace file; the extension reads only the user's value of them besides.
 */
interface Common {
  readonly scope: 'machine' | 'application' | 'window';
  readonly description: string;
}

export type SettingContribution = Common &
  (
    | { readonly type: 'string'; readonly default: string }
    | {
        readonly type: 'choice';
        readonly default: string;
        readonly choices: Readonly<Record<string, string>>;
      }
    | { readonly type: 'boolean'; readonly default: boolean }
    | { readonly type: 'integer'; readonly default: number; readonly minimum: number; readonly maximum: number }
  );

/** Every setting, in the order of the settings page. The key follows `claudePanel.`. */
export const SETTINGS = {
  claudePath: {
    type: 'string',
    scope: 'machine',
    default: '',
    description: 'Path of the Claude Code program. When empty, it is looked for on the PATH and in the usual places.',
  },
  defaultProfile: {
    type: 'string',
    scope: 'window',
    default: '',
    description:
      'Profile that a new task starts with, until you choose another one in the panel. When empty, the one that `.claude-panel/profiles.yaml` names, else `comprehensive`. Built in are `speed`, `comprehensive` and `safe`.',
  },
  notifications: {
    type: 'choice',
    scope: 'application',
    default: 'needsYou',
    choices: {
      needsYou: 'Tell me when a task needs me or ended badly.',
      all: 'Tell me as well when a task succeeded.',
      none: 'Tell me nothing; the status bar still shows it.',
    },
    description: 'What is told by a notification while the panel is not visible.',
  },
  maxParallelTasks: {
    type: 'integer',
    scope: 'machine',
    default: 4,
    minimum: 1,
    maximum: 100,
    description: 'How many tasks run at the same time; the others wait in the queue.',
  },
  taskMinutes: {
    type: 'integer',
    scope: 'machine',
    default: 60,
    minimum: 0,
    maximum: 10_080,
    description: 'Minutes after which a task is stopped, unless its profile says otherwise. 0 is no limit.',
  },
  silenceSeconds: {
    type: 'integer',
    scope: 'machine',
    default: 60,
    minimum: 5,
    maximum: 3600,
    description: 'Seconds without a sign of life, while no tool runs, after which the panel says so.',
  },
  idleMinutes: {
    type: 'integer',
    scope: 'machine',
    default: 15,
    minimum: 1,
    maximum: 1440,
    description: 'Minutes without a sign of life, while no tool runs, after which a task is ended.',
  },
  approvalDeadlineMinutes: {
    type: 'integer',
    scope: 'machine',
    default: 0,
    minimum: 0,
    maximum: 10_080,
    description: 'Minutes after which a question that nobody answered is denied. 0 waits without end.',
  },
  afterReload: {
    type: 'choice',
    scope: 'machine',
    default: 'continue',
    choices: {
      continue: 'Continue the session by itself.',
      pause: 'Leave the task paused until I continue it.',
    },
    description: 'What becomes of a running task when the window was reloaded or VS Code was closed.',
  },
  revealAcceptEdits: {
    type: 'boolean',
    scope: 'application',
    default: false,
    description:
      'Lets profiles use the permission mode `acceptEdits`, in which Claude changes files in the folder without asking. A workspace file cannot turn this on.',
  },
  revealAuto: {
    type: 'boolean',
    scope: 'application',
    default: false,
    description:
      'Lets profiles use the permission mode `auto`, in which a model decides what needs your approval. A workspace file cannot turn this on.',
  },
  revealGodMode: {
    type: 'boolean',
    scope: 'application',
    default: false,
    description:
      'Offers the command God Mode, in which Claude works on a task without asking: in a sandbox where there is one, after you have confirmed what it grants, each time. A workspace file cannot turn this on.',
  },
  undoIgnoredMegabytes: {
    type: 'integer',
    scope: 'machine',
    default: 5,
    minimum: 0,
    maximum: 1000,
    description: 'Megabytes up to which a file that git ignores is covered by undo.',
  },
  undoKeepDays: {
    type: 'integer',
    scope: 'machine',
    default: 30,
    minimum: 1,
    maximum: 3650,
    description: 'Days after which the snapshots of undo are removed.',
  },
  undoDiskMegabytes: {
    type: 'integer',
    scope: 'machine',
    default: 2000,
    minimum: 10,
    maximum: 1_000_000,
    description:
      'Megabytes of disk above which the oldest snapshots of undo are removed, for each folder. Those of the last day stay.',
  },
  reportKeepDays: {
    type: 'integer',
    scope: 'machine',
    default: 180,
    minimum: 0,
    maximum: 3650,
    description:
      'Days after which the reports of commands, in `.claude-panel/reports`, are removed. The newest one of each command stays. 0 keeps all.',
  },
  rehearsal: {
    type: 'boolean',
    scope: 'application',
    default: false,
    description:
      'Runs new tasks against the rehearsal model: real Claude Code, prepared answers, no account and no cost.',
  },
} as const satisfies Record<string, SettingContribution>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** Ignored while the workspace is not trusted. */
export const RESTRICTED_SETTINGS: readonly SettingName[] = ['claudePath', 'defaultProfile', 'revealGodMode'];
