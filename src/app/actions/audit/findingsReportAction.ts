import * as z from 'zod';
import type { Clock } from '../../../base/clock.ts';
import { type PanelAction, panelAction } from '../panelAction.ts';

/** Puts the parts of an audit together: a report to read, and the findings as data for the Problems panel. */
export function findingsReportAction({ clock }: { readonly clock: Clock }): PanelAction {
  const part = z.json().optional();
  return panelAction({
    name: 'findings-report',
    summary: 'Writes the report of a security audit and gives its findings as data.',
    input: z.strictObject({ dependencies: part, secrets: part, review: part }),
    // Loaded on demand: few people run it, and rarely.
    run: async (outputs, { folder }) =>
      (await import('./reportFindings.ts')).reportFindings(outputs, { folder, now: clock.now() }),
  });
}
