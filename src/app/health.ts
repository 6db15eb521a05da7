import type { Failure } from '../base/panelError.ts';

/** One thing that was checked, with its reason and what to do. */
export interface HealthCheck {
  readonly id:
    | 'claude'
    | 'account'
    | 'mcp'
    | 'store'
    | 'disk'
    | 'hosts'
    | 'leftOver'
    | 'profiles'
    | 'queue'
    | 'git'
    | 'snapshots'
    | 'archive';
  readonly level: 'ok' | 'warning' | 'error';
  readonly text: string;
  readonly remedy?: string;
  readonly command?: { readonly id: string; readonly title: string };
}

export function fromFailure(id: HealthCheck['id'], failure: Failure): HealthCheck {
  const text = failure.detail === undefined ? failure.message : `${failure.message} ${failure.detail}`;
  return { id, level: 'error', text, ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }) };
}
