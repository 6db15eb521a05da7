/*
 * Claude Code puts much of its own text into the messages that stand for the person. This file tells one from the other.
 */

/** What a person or a calling program wrote, or what a person sent while the model worked. */
export interface PersonText {
  readonly by: 'person' | 'personMeanwhile';
  readonly text: string;
}

type TextSource = PersonText | { readonly by: 'program' };

const REMINDER = /<system-reminder>[\s\S]*?<\/system-reminder>/g;
const FOLLOW_UP = [
  /^The user sent a new message while you were working:\n([\s\S]*?)(?:\n\nThis is how Claude Code surfaces[\s\S]*|\n\nIMPORTANT:[\s\S]*)?$/,
  /^The user sent the following message:\n([\s\S]*?)(?:\n\nPlease address this message[\s\S]*)?$/,
];
const PROGRAM_TEXT = [
  /^<(?:command-|local-command-|bash-|task-notification|user-memory-input|tools-used)/,
  /^\[Request interrupted by user/,
  /^\[Tool call interrupted/,
  /^Tool loaded\.$/,
  /^Caveat: The messages below/,
  /^This session is being continued from a previous conversation/,
  /^Output token limit hit/,
  /^Your response above was (?:cut off|stopped)/,
  /^Continue from where you left off/,
  /^(?:Stop|PreToolUse|PostToolUse|UserPromptSubmit) hook /,
];

export function textSource(role: string, text: string): TextSource {
  if (role === 'system') {
    return followUp(text) ?? { by: 'program' };
  }
  for (const reminder of text.match(REMINDER) ?? []) {
    const found = followUp(textOf(reminder));
    if (found !== undefined) {
      return found;
    }
  }
  const own = text.replace(REMINDER, '').trim();
  if (own === '' || PROGRAM_TEXT.some(pattern => pattern.test(own))) {
    return { by: 'program' };
  }
  return followUp(own) ?? { by: 'person', text: own };
}

/** What a person sent while the model worked, at the very end of what a tool gave back. */
export function followUpBehind(result: string): PersonText | undefined {
  const reminder = result.trimEnd().match(REMINDER)?.at(-1);
  return reminder !== undefined && result.trimEnd().endsWith(reminder) ? followUp(textOf(reminder)) : undefined;
}

function textOf(reminder: string): string {
  return reminder.slice('<system-reminder>'.length, -'</system-reminder>'.length).trim();
}

function followUp(text: string): PersonText | undefined {
  for (const pattern of FOLLOW_UP) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) {
      return { by: 'personMeanwhile', text: found.trim() };
    }
  }
  return undefined;
}
