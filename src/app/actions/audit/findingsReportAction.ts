import * as z from 'zod';
import type { Clock } from '../../../base/clock.ts';
import { auditPartsSchema } from '../../../core/audit/auditPart.ts';
import { type PanelAction, panelAction } from '../panelAction.ts';

/** Writes what `merge-findings` put together: a report to read, and the findings as data for the Problems panel. */
export function findingsReportAction({ clock }: { readonly clock: Clock }): PanelAction {
  return panelAction({
    name: 'findings-report',
    summary: 'Writes the report of a security audit and gives its findings as data.',
    input: z.strictObject({ parts: auditPartsSchema }),
    // Loaded on demand: few people run it, and rarely.
    run: async ({ parts }, { folder }) =>
      (await import('./reportFindings.ts')).reportFindings(parts, { folder, now: clock.now() }),
  });
}
