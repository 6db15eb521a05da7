import * as z from 'zod';
import { type PanelAction, panelAction } from '../panelAction.ts';

const part = z.json().optional();

/** Puts together what the parts of an audit found: a short table to decide on, and data for the report. */
export const mergeFindingsAction: PanelAction = panelAction({
  name: 'merge-findings',
  summary: 'Puts together what the parts of a security audit found.',
  input: z.strictObject({ dependencies: part, secrets: part, review: part }),
  // Loaded on demand: few people run it, and rarely.
  run: async (outputs, { folder }) => (await import('./mergeFindings.ts')).mergeFindings(outputs, folder),
});
