import type { HealthCheck } from '../app/health.ts';
import type { PanelServices } from '../app/panelServices.ts';
import { noClaude } from './workspace/surfaceErrors.ts';

type Health = Pick<PanelServices, 'health' | 'refreshHealth'>;

/** Why no task can be started, as far as the last look at Claude Code found a reason. */
export function claudeFault(services: Pick<Health, 'health'>): HealthCheck | undefined {
  return services.health().find(({ id, level }) => id === 'claude' && level === 'error');
}

/**
 * Looks again when the last look found no Claude Code: it may be there by now.
 * @throws SurfaceError `noClaude` when it is still missing.
 */
export async function requireClaude(services: Health): Promise<void> {
  if (claudeFault(services) === undefined) {
    return;
  }
  await services.refreshHealth();
  const fault = claudeFault(services);
  if (fault !== undefined) {
    throw noClaude(fault);
  }
}
