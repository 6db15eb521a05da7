import { type Failure, PanelError } from '../../base/panelError.ts';

export type ClaudeErrorReason =
  | 'notFound'
  | 'notExecutable'
  | 'incompleteInstall'
  | 'tooOld'
  | 'unknownVersion'
  | 'notLoggedIn'
  | 'badKey'
  | 'accountRefused'
  | 'billing'
  | 'rateLimited'
  | 'overloaded'
  | 'serverError'
  | 'modelNotFound'
  | 'network'
  | 'contextFull'
  | 'requestTooLarge'
  | 'requestRefused'
  | 'modelFailed'
  | 'policyRefused'
  | 'bypassAsRoot'
  | 'sandboxUnavailable'
  | 'shellMissing'
  | 'badProxy'
  | 'badConfigFile'
  | 'unreadableMcpConfig'
  | 'workingFolderGone'
  | 'startFailed'
  | 'exitedEarly'
  | 'silent'
  | 'sessionNotFound'
  | 'sessionInUse'
  | 'requestFailed'
  | 'requestTimedOut'
  | 'sessionEnded'
  | 'neverStarted'
  | 'outputClosed';

/** Every failure of and around Claude Code that a person can see. */
export class ClaudeError extends PanelError<ClaudeErrorReason> {
  readonly family = 'claude';
}

const PATH_SETTING = 'the setting claudePanel.claudePath (on the command line: CLAUDE_PANEL_CLAUDE)';
const INSTALL = `Install it from https://code.claude.com, or give its path in ${PATH_SETTING}.`;
const UPDATE = 'Run "claude update", or install the newest version from https://code.claude.com.';
const LOG_IN = 'Run "claude" in a terminal and use /login, or set ANTHROPIC_API_KEY where the editor is started.';

export function claudeNotFound(searched: readonly string[], chosen?: string): ClaudeError {
  return chosen === undefined
    ? new ClaudeError('notFound', {
        message: 'Claude Code was not found on this machine.',
        detail: `Looked for it in: ${searched.join(', ')}`,
        remedy: INSTALL,
      })
    : new ClaudeError('notFound', {
        message: `There is no Claude Code at ${chosen}.`,
        detail: `It is looked for there because of ${PATH_SETTING}.`,
        remedy: 'Correct the path, or clear it to let Claude Code be found by itself.',
      });
}

export function claudeNotExecutable(file: string, cause?: unknown): ClaudeError {
  return new ClaudeError('notExecutable', {
    message: `Claude Code at ${file} cannot be run.`,
    detail: 'It is not a program, is made for another machine, or you lack the permission to run it.',
    remedy: INSTALL,
    cause,
  });
}

export function claudeIncomplete(file: string): ClaudeError {
  return new ClaudeError('incompleteInstall', {
    message: `The installation of Claude Code at ${file} is not complete.`,
    detail: 'The part for this machine was not downloaded, as happens when npm runs without install scripts.',
    remedy: 'Install it again: npm install -g @anthropic-ai/claude-code',
  });
}

export function claudeTooOld(version: string, minimum: string): ClaudeError {
  return new ClaudeError('tooOld', {
    message: `Claude Code ${version} is too old.`,
    detail: `At least version ${minimum} is needed.`,
    remedy: UPDATE,
  });
}

export function claudeLacks(version: string, lack: string): ClaudeError {
  return new ClaudeError('tooOld', {
    message: `Claude Code ${version} is too old for this.`,
    detail: lack,
    remedy: UPDATE,
  });
}

export function claudeVersionUnknown(file: string, detail: string, cause?: unknown): ClaudeError {
  return new ClaudeError('unknownVersion', {
    message: `The program ${file} did not tell its version.`,
    detail,
    remedy: `Run it with --version in a terminal to see what is wrong, or give the path of another one in ${PATH_SETTING}.`,
    cause,
  });
}

export function notLoggedIn(detail?: string): ClaudeError {
  return new ClaudeError('notLoggedIn', {
    message: 'Claude Code is not logged in.',
    detail: detail ?? 'It has found neither a login nor an API key.',
    remedy: LOG_IN,
  });
}

export function badKey(detail?: string): ClaudeError {
  return new ClaudeError('badKey', {
    message: 'The API refused the credentials of Claude Code.',
    detail: detail ?? 'The API key or the login is wrong, has expired or was withdrawn.',
    remedy: 'Check ANTHROPIC_API_KEY and the other credentials in your environment, or log in again with /login.',
  });
}

export function accountRefused(detail?: string): ClaudeError {
  return new ClaudeError('accountRefused', {
    message: 'This account may not use Claude Code now.',
    detail,
    remedy: 'Look at your account on https://claude.ai, or ask the administrator of your organization.',
  });
}

export function billingFailed(detail?: string): ClaudeError {
  return new ClaudeError('billing', {
    message: 'The account has no credit for this request.',
    detail,
    remedy: 'Add credit or check the payment on https://console.anthropic.com, then continue the task.',
  });
}

export function rateLimited(detail?: string): ClaudeError {
  return new ClaudeError('rateLimited', {
    message: 'The limit of your account is reached.',
    detail,
    remedy: 'Wait until the limit is reset, then continue the task.',
  });
}

export function overloaded(detail?: string): ClaudeError {
  return new ClaudeError('overloaded', {
    message: 'The model is overloaded.',
    detail,
    remedy: 'Continue the task in some minutes, or choose a profile with a fallback model.',
  });
}

export function serverError(detail?: string): ClaudeError {
  return new ClaudeError('serverError', {
    message: 'The API failed.',
    detail,
    remedy: 'Continue the task in some minutes. See https://status.anthropic.com for known troubles.',
  });
}

export function modelNotFound(detail?: string): ClaudeError {
  return new ClaudeError('modelNotFound', {
    message: 'The chosen model does not exist, or your account may not use it.',
    detail,
    remedy: 'Choose another model in the profile.',
  });
}

export function networkFailed(detail?: string): ClaudeError {
  return new ClaudeError('network', {
    message: 'The API could not be reached.',
    detail,
    remedy: 'Check the network, the proxy settings and ANTHROPIC_BASE_URL, then continue the task.',
  });
}

export function contextFull(detail?: string): ClaudeError {
  return new ClaudeError('contextFull', {
    message: 'The conversation no longer fits into the model.',
    detail,
    remedy: 'Send /compact as a message, or start a new task.',
  });
}

export function requestTooLarge(detail?: string): ClaudeError {
  return new ClaudeError('requestTooLarge', {
    message: 'The request was too large.',
    detail,
    remedy: 'Leave out large pictures or files, or start a new task.',
  });
}

export function requestRefused(detail?: string): ClaudeError {
  return new ClaudeError('requestRefused', {
    message: 'The API refused the request.',
    detail,
    remedy: 'Read the details. Often a new task or another model helps.',
  });
}

export function modelFailed(detail?: string): ClaudeError {
  return new ClaudeError('modelFailed', {
    message: 'The turn ended with an error.',
    detail,
    remedy: 'Continue the task to try again.',
  });
}

export function policyRefused(detail?: string): ClaudeError {
  return new ClaudeError('policyRefused', {
    message: 'Claude Code did not start because of a rule of your organization.',
    detail,
    remedy: 'Ask the administrator of your organization.',
  });
}

export function bypassAsRoot(): ClaudeError {
  return new ClaudeError('bypassAsRoot', {
    message: 'Claude Code does not run without asking as root.',
    detail: 'The profile bypasses permissions, and this machine runs as root.',
    remedy: 'Choose another profile, or work as another user.',
  });
}

export function sandboxUnavailable(detail?: string): ClaudeError {
  return new ClaudeError('sandboxUnavailable', {
    message: 'The sandbox that the profile asks for is not available.',
    detail,
    remedy: 'On Linux, install bubblewrap and socat. Or choose a profile without a sandbox.',
  });
}

export function shellMissing(detail?: string): ClaudeError {
  return new ClaudeError('shellMissing', {
    message: 'Claude Code found no shell on this machine.',
    detail,
    remedy: 'Install Git for Windows from https://git-scm.com, then try again.',
  });
}

export function badProxy(detail?: string): ClaudeError {
  return new ClaudeError('badProxy', {
    message: 'The proxy settings cannot be used.',
    detail,
    remedy: 'Correct HTTPS_PROXY and HTTP_PROXY: each has to be a complete address.',
  });
}

export function badConfigFile(detail?: string): ClaudeError {
  return new ClaudeError('badConfigFile', {
    message: 'A configuration file of Claude Code is damaged.',
    detail,
    remedy: 'Repair the file that the details name, or restore it from its backup.',
  });
}

export function unreadableMcpConfig(file: string, detail: string, cause?: unknown): ClaudeError {
  return new ClaudeError('unreadableMcpConfig', {
    message: `The MCP configuration ${file} cannot be read.`,
    detail,
    remedy: 'Correct the file: it has to be JSON with an object "mcpServers". Or choose a profile without it.',
    cause,
  });
}

export function taskFolderGone(folder: string, cause?: unknown): ClaudeError {
  return new ClaudeError('workingFolderGone', {
    message: `The folder ${folder} is not there any more.`,
    detail: 'It was deleted, renamed or unmounted, or it is not a folder.',
    remedy: 'Bring the folder back, or start a new task in another one.',
    cause,
  });
}

export function claudeStartFailed(detail: string, cause?: unknown): ClaudeError {
  return new ClaudeError('startFailed', {
    message: 'Claude Code could not be started.',
    detail,
    remedy: 'Read the details. Then run "claude" in a terminal to see if it works there.',
    cause,
  });
}

export function claudeExitedEarly(code: number | null, signal: string | null, stderrTail: string): ClaudeError {
  const how = signal === null ? `with code ${code ?? 'unknown'}` : `by the signal ${signal}`;
  return new ClaudeError('exitedEarly', {
    message: `Claude Code ended ${how} before it was done.`,
    detail: stderrTail.trim() === '' ? 'It gave no reason.' : stderrTail.trim(),
    remedy: 'Continue the task to take up the session again.',
  });
}

export function claudeSilent(seconds: number): ClaudeError {
  return new ClaudeError('silent', {
    message: `Claude Code has not said anything for ${seconds} seconds.`,
    detail: 'It hangs, or the machine or the network is very slow.',
    remedy: 'Stop the task and continue it. If it happens again, run "claude" in a terminal to see if it works there.',
  });
}

export function sessionNotFound(sessionId?: string): ClaudeError {
  return new ClaudeError('sessionNotFound', {
    message: 'The session to continue was not found.',
    detail:
      sessionId === undefined
        ? 'Claude Code keeps sessions for a limited time.'
        : `Claude Code has no session ${sessionId}. It keeps sessions for a limited time.`,
    remedy: 'Start a new task with the same words.',
  });
}

export function sessionInUse(sessionId?: string): ClaudeError {
  return new ClaudeError('sessionInUse', {
    message: 'The session is already in use.',
    detail: sessionId === undefined ? undefined : `Another Claude Code runs session ${sessionId}.`,
    remedy: 'End the other one, or continue the task as a copy.',
  });
}

export function requestFailed(request: string, detail: string): ClaudeError {
  return new ClaudeError('requestFailed', {
    message: `Claude Code refused the request "${request}".`,
    detail,
    remedy: 'An older version may not know it. Run "claude update" and try again.',
  });
}

export function requestTimedOut(request: string, seconds: number): ClaudeError {
  return new ClaudeError('requestTimedOut', {
    message: `Claude Code did not answer the request "${request}" within ${seconds} seconds.`,
    detail: 'It is busy, or it hangs.',
    remedy: 'Try again, or stop the task.',
  });
}

export function sessionEnded(): ClaudeError {
  return new ClaudeError('sessionEnded', {
    message: 'Claude Code has ended.',
    detail: 'What was asked of it was not done.',
    remedy: 'Continue the task to start it again.',
  });
}

export function claudeNeverStarted(cause: Failure): ClaudeError {
  return new ClaudeError('neverStarted', {
    message: 'Claude Code was started but did not become ready, so it was stopped.',
    detail: cause.message,
    remedy:
      cause.remedy ?? 'Run "claude" in a terminal in this folder to see what it waits for, then continue the task.',
  });
}

export function claudeClosedOutput(): ClaudeError {
  return new ClaudeError('outputClosed', {
    message: 'Claude Code closed its output without ending, so it was stopped.',
    detail: 'What it did after that could not be seen.',
    remedy: 'Continue the task to start it again. If it happens again, run "claude update".',
  });
}
