import type { PanelSettings } from '../app/panelServices.ts';
import { badValue } from './usageError.ts';

/** Environment variables that the command line reads for itself. Part of the contract in `docs/cli.md`. */
export const ENVIRONMENT = {
  claude: 'CLAUDE_PANEL_CLAUDE',
  deadline: 'CLAUDE_PANEL_APPROVAL_MINUTES',
  reveal: 'CLAUDE_PANEL_REVEAL',
  answer: 'CLAUDE_PANEL_ANSWER_SECONDS',
  rehearsal: 'CLAUDE_PANEL_REHEARSAL',
  debug: 'CLAUDE_PANEL_DEBUG',
} as const;

const REVEALABLE: readonly string[] = ['acceptEdits', 'auto', 'godMode'];

/** What a VS Code user sets in the settings, a command-line user sets here. @throws UsageError `badValue`. */
export function settingsFromEnvironment(environment: NodeJS.ProcessEnv): PanelSettings {
  const claudePath = environment[ENVIRONMENT.claude];
  const revealed = revealedModes(environment[ENVIRONMENT.reveal] ?? '');
  return {
    ...(claudePath === undefined || claudePath === '' ? {} : { claudePath }),
    // This process runs only the one task that it was started for.
    maxParallelTasks: 1,
    approvalDeadlineMinutes: wholeNumber(environment, ENVIRONMENT.deadline, 0, 0),
    // What a window set aside is for the window to take up again.
    afterReload: 'pause',
    revealAcceptEdits: revealed.includes('acceptEdits'),
    revealAuto: revealed.includes('auto'),
    revealGodMode: revealed.includes('godMode'),
    taskMinutes: 0,
    silenceSeconds: 60,
    idleMinutes: 15,
    undoIgnoredMegabytes: 5,
    undoKeepDays: 30,
    undoDiskMegabytes: 2000,
    reportKeepDays: 0,
    rehearsal: environment[ENVIRONMENT.rehearsal] === '1',
  };
}

function revealedModes(text: string): readonly string[] {
  const words = text.split(',').flatMap(word => word.trim() || []);
  const unknown = words.find(word => !REVEALABLE.includes(word));
  if (unknown !== undefined) {
    throw badValue(ENVIRONMENT.reveal, unknown, `one of ${REVEALABLE.join(', ')}, or several with commas between`);
  }
  return words;
}

/** How long a question waits when nobody is known to be there, before it is denied. */
export function answerSeconds(environment: NodeJS.ProcessEnv): number {
  return wholeNumber(environment, ENVIRONMENT.answer, 15, 0);
}

function wholeNumber(environment: NodeJS.ProcessEnv, name: string, fallback: number, least: number): number {
  const text = environment[name] ?? '';
  if (text === '') {
    return fallback;
  }
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw badValue(name, text, `a whole number from ${least}`);
  }
  return value;
}
