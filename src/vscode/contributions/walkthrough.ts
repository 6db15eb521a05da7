interface WalkthroughStep {
  readonly id: string;
  readonly title: string;
  /** Markdown, with links to commands. */
  readonly description: string;
  /** File below media/walkthrough. */
  readonly picture: string;
  readonly pictureText: string;
  readonly completionEvents: readonly string[];
}

export const WALKTHROUGH_ID = 'claudePanel.start';

export const WALKTHROUGH = {
  title: 'Get Started with the Control Panel for Claude Code',
  description: 'Put Claude Code to work, answer what only you can answer, and stop it whenever you like.',
  steps: [
    {
      id: 'program',
      title: 'Find Claude Code',
      description:
        'The panel runs the Claude Code program that is installed on this machine.\n[Check Health](command:claudePanel.checkHealth)\nIf it is somewhere unusual, [select the program](command:claudePanel.selectExecutable).',
      picture: 'program.svg',
      pictureText: 'A terminal window with the word claude',
      completionEvents: ['onContext:claudePanel.claudeFound', 'onCommand:claudePanel.selectExecutable'],
    },
    {
      id: 'account',
      title: 'See which account pays',
      description:
        'Claude Code signs in by itself; the panel never sees your credentials, it only shows which account is in use.\n[Check Health](command:claudePanel.checkHealth)\nNo account at hand? [Try it without one](command:claudePanel.startRehearsal): real Claude Code, prepared answers, nothing is charged.',
      picture: 'account.svg',
      pictureText: 'A key beside two accounts',
      completionEvents: ['onContext:claudePanel.accountFound', 'onContext:claudePanel.rehearsal'],
    },
    {
      id: 'profile',
      title: 'Choose a profile',
      description:
        'A profile says which model, tools and servers a task gets, and what asks you first. The list shows what each one grants.\n[Run Task with Profile](command:claudePanel.runTaskWithProfile)',
      picture: 'profile.svg',
      pictureText: 'Three profiles, each with what it grants',
      completionEvents: ['onCommand:claudePanel.runTaskWithProfile'],
    },
    {
      id: 'run',
      title: 'Run a task that only reads',
      description:
        'Start with something harmless, and watch it think, call its tools and count its cost.\n[Explain This Project](command:claudePanel.newTask?%22Explain%20in%20ten%20lines%20what%20this%20project%20does%20and%20where%20to%20start%20reading.%20Change%20nothing.%22)',
      picture: 'run.svg',
      pictureText: 'A task with its steps, its cost and its time',
      completionEvents: ['onContext:claudePanel.hasTasks'],
    },
    {
      id: 'approve',
      title: 'Practise an approval',
      description:
        'Before a file is written you are asked, with the diff and with the exact rule that each answer would save.\n[Ask for a Small File](command:claudePanel.newTask?%22Create%20a%20file%20hello.md%20with%20one%20friendly%20line.%22)\nAnswer in the panel, in the notification or [from the palette](command:claudePanel.focusInbox).',
      picture: 'approve.svg',
      pictureText: 'A question with a diff and the answers Allow and Deny',
      completionEvents: [
        'onCommand:claudePanel.approve',
        'onCommand:claudePanel.deny',
        'onContext:claudePanel.answered',
      ],
    },
    {
      id: 'stop',
      title: 'Stop it',
      description:
        'Stop ends the agent, its shell commands and its servers, and shows how far it is. A pause keeps the session for later.\n[Stop Task](command:claudePanel.stopTask)',
      picture: 'stop.svg',
      pictureText: 'A stop button with its three stages',
      completionEvents: [
        'onCommand:claudePanel.stopTask',
        'onCommand:claudePanel.stopAllTasks',
        'onContext:claudePanel.stopped',
      ],
    },
  ] satisfies readonly WalkthroughStep[],
} as const;
