import { type Failure, toFailure } from '../../../base/panelError.ts';
import {
  accountRefused,
  badConfigFile,
  badKey,
  badProxy,
  billingFailed,
  bypassAsRoot,
  type ClaudeError,
  claudeStartFailed,
  claudeTooOld,
  contextFull,
  modelFailed,
  modelNotFound,
  networkFailed,
  notLoggedIn,
  overloaded,
  policyRefused,
  rateLimited,
  requestRefused,
  requestTooLarge,
  sandboxUnavailable,
  serverError,
  sessionInUse,
  sessionNotFound,
  shellMissing,
  taskFolderGone,
} from '../claudeErrors.ts';

/** What a failed turn says about its failure. */
interface FailedTurn {
  /** Claude Code's word for it, from the last message that told of an error. */
  readonly error: string | undefined;
  readonly status: number | undefined;
  readonly terminalReason: string | undefined;
  readonly apiError: string | undefined;
  readonly startupReason: string | undefined;
  readonly text: string;
  readonly cwd: string | undefined;
}

export function failureOf(turn: FailedTurn): Failure {
  return toFailure(classify(turn));
}

function classify(turn: FailedTurn): ClaudeError {
  const detail = turn.text === '' ? undefined : turn.text;
  return (
    fromStartup(turn, detail) ??
    fromEnd(turn, detail) ??
    fromWord(turn, detail) ??
    fromStatus(turn.status, detail) ??
    fromText(turn.text) ??
    modelFailed(detail)
  );
}

function fromStartup({ startupReason, cwd }: FailedTurn, detail: string | undefined): ClaudeError | undefined {
  switch (startupReason) {
    case undefined:
      return undefined;
    case 'cwd_unavailable':
      return taskFolderGone(cwd ?? 'of the task');
    case 'bypass_root':
      return bypassAsRoot();
    case 'sandbox_required_unavailable':
      return sandboxUnavailable(detail);
    case 'shell_tool_missing':
      return shellMissing(detail);
    case 'proxy_invalid':
      return badProxy(detail);
    case 'config_file_invalid':
      return badConfigFile(detail);
    case 'cli_version_too_old':
      return claudeTooOld('on this machine', 'that Anthropic asks for');
    case 'session_held_by_background':
      return sessionInUse();
    case 'gateway_signin_required':
      return notLoggedIn(detail);
    case 'org_pin_api_key_conflict':
    case 'org_verify_failed':
    case 'org_pin_mismatch':
    case 'provider_not_allowed':
    case 'managed_settings_invalid':
    case 'remote_settings_required_unavailable':
    case 'gateway_access_denied':
    case 'org_config_required_unavailable':
    case 'org_config_refused':
      return policyRefused(detail);
    default:
      return claudeStartFailed(detail ?? startupReason);
  }
}

function fromEnd({ terminalReason, apiError }: FailedTurn, detail: string | undefined): ClaudeError | undefined {
  switch (terminalReason) {
    case 'prompt_too_long':
    case 'blocking_limit':
    case 'rapid_refill_breaker':
      return contextFull(detail);
    case 'image_error':
      return requestTooLarge(detail);
    default:
      return apiError === 'connection_failed' ? networkFailed(detail) : undefined;
  }
}

function fromWord({ error, status }: FailedTurn, detail: string | undefined): ClaudeError | undefined {
  switch (error) {
    // Without a status no request was made at all: there was nothing to make it with.
    case 'authentication_failed':
      return status === undefined ? notLoggedIn(detail) : badKey(detail);
    case 'cloud_credential_error':
      return badKey(detail);
    case 'oauth_org_not_allowed':
    case 'account_on_hold':
    case 'verification_required':
      return accountRefused(detail);
    case 'billing_error':
      return billingFailed(detail);
    case 'rate_limit':
      return rateLimited(detail);
    case 'overloaded':
      return overloaded(detail);
    case 'model_not_found':
      return modelNotFound(detail);
    case 'invalid_request':
      return status === 413 ? requestTooLarge(detail) : requestRefused(detail);
    case 'server_error':
      return status === 529 ? overloaded(detail) : serverError(detail);
    default:
      return undefined;
  }
}

function fromStatus(status: number | undefined, detail: string | undefined): ClaudeError | undefined {
  switch (status) {
    case undefined:
      return undefined;
    case 401:
    case 403:
      return badKey(detail);
    case 402:
      return billingFailed(detail);
    case 404:
      return modelNotFound(detail);
    case 413:
      return requestTooLarge(detail);
    case 429:
      return rateLimited(detail);
    case 529:
      return overloaded(detail);
    default:
      return status >= 500 ? serverError(detail) : requestRefused(detail);
  }
}

/**
 * The last resort: failures for which Claude Code, an older one above all, has no word but its own text.
 * A phrase that is missed only makes the message less exact.
 */
function fromText(text: string): ClaudeError | undefined {
  if (/no conversation found/i.test(text)) {
    return sessionNotFound();
  }
  if (/not logged in|please run \/login/i.test(text)) {
    return notLoggedIn(text);
  }
  if (/invalid api key/i.test(text)) {
    return badKey(text);
  }
  if (/credit balance is too low/i.test(text)) {
    return billingFailed(text);
  }
  if (/prompt is too long/i.test(text)) {
    return contextFull(text);
  }
  if (/connection error|unable to connect|ECONNREFUSED|ENOTFOUND/i.test(text)) {
    return networkFailed(text);
  }
  return undefined;
}
