import type { ApiFailure } from './scenarioModel.ts';

const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

const MESSAGES: Readonly<Record<number, string>> = {
  401: 'invalid x-api-key',
  403: 'Your account may not do this.',
  429: 'This request would exceed your rate limit.',
  500: 'Internal server error',
  529: 'Overloaded',
};

/** A failure of the API with the type and message that it usually has for this status. */
export function apiFailure(status: number, given: Partial<Omit<ApiFailure, 'status'>> = {}): ApiFailure {
  return {
    status,
    type: given.type ?? TYPES[status] ?? 'api_error',
    message: given.message ?? MESSAGES[status] ?? `Status ${status}`,
    retryAfter: given.retryAfter,
    retry: given.retry,
  };
}

export function errorBody(failure: ApiFailure, requestId: string): string {
  const { type, message } = failure;
  return JSON.stringify({ type: 'error', error: { type, message }, request_id: requestId });
}

export function errorHeaders(failure: ApiFailure): Record<string, string> {
  return {
    ...(failure.retryAfter === undefined ? {} : { 'retry-after': String(failure.retryAfter) }),
    ...(failure.retry === undefined ? {} : { 'x-should-retry': String(failure.retry) }),
  };
}
