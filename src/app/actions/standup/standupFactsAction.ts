import * as z from 'zod';
import type { Clock } from '../../../base/clock.ts';
import type { PanelLog } from '../../../core/tasks/panelLog.ts';
import { type PanelAction, panelAction } from '../panelAction.ts';

/** Everything that a standup is made of, as text. */
export function standupFactsAction(parts: {
  readonly clock: Clock;
  readonly log: Pick<PanelLog, 'tasks' | 'approvals'>;
}): PanelAction {
  return panelAction({
    name: 'standup-facts',
    summary: 'Collects commits, tasks of this panel and open pull requests since the last working day.',
    input: z.strictObject({
      since: z.union([z.literal(''), z.iso.date()]).default(''),
      author: z.enum(['mine', 'everyone']).default('mine'),
    }),
    // Loaded on demand: most people run it once a day.
    run: async (input, context) => (await import('./collectStandup.ts')).collectStandup(input, context, parts),
  });
}
