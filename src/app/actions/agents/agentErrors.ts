import { PanelError } from '../../../base/panelError.ts';
import { visibleText } from '../../../base/visibleText.ts';

export type AgentErrorReason = 'badDraft' | 'placeOutside' | 'changedSince' | 'notWritable';

export class AgentError extends PanelError<AgentErrorReason> {
  readonly family = 'agent';
}

export function badDraft(problems: readonly string[]): AgentError {
  return new AgentError('badDraft', {
    message: 'The agent that was drafted cannot be used.',
    detail: visibleText(problems.join('\n')),
    remedy: 'Run the command again, with more words about what the agent is for.',
  });
}

export function placeOutside(file: string): AgentError {
  return new AgentError('placeOutside', {
    message: `${file} was not written: its place is not inside of this folder.`,
    detail: 'The file, or a folder on the way to it, is a link that leads to another place.',
    remedy: 'Remove the link, and run the command again.',
  });
}

export function changedSince(file: string): AgentError {
  return new AgentError('changedSince', {
    message: `${file} was not written: it was changed after it was shown to you.`,
    remedy: 'Run the command again to see what would change now.',
  });
}

export function agentNotWritable(file: string, cause: unknown): AgentError {
  return new AgentError('notWritable', {
    message: `${file} could not be written.`,
    detail: cause instanceof Error ? cause.message : String(cause),
    remedy: 'Check that you may write to this folder and that the disk is not full.',
    cause,
  });
}
