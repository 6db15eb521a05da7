/*
 * Claude Code puts much of its own text into the messages that stand for the person. This file tells one from the other.
 */

export type TextSource =
  /** What a person or a calling program wrote. */
  | { readonly by: 'person'; readonly text: string }
  /** What a person sent while the model worked. */
  | { readonly by: 'personMeanwhile'; readonly text: string }
  | { readonly by: 'program' };

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
    const found = followUp(reminder.slice('<system-reminder>'.length, -'</system-reminder>'.length).trim());
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

function followUp(text: string): TextSource | undefined {
  for (const pattern of FOLLOW_UP) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) {
      return { by: 'personMeanwhile', text: found.trim() };
    }
  }
  return undefined;
}
