import * as z from 'zod';
import { type PanelAction, panelAction } from '../panelAction.ts';

/** Looks for secrets in the files of today and, with git, in every commit of every branch. */
export const secretScanAction: PanelAction = panelAction({
  name: 'secret-scan',
  summary: 'Looks for keys, tokens and passwords in the files and in the history of git.',
  input: z.strictObject({
    history: z.boolean().default(true),
    /** For the history; what was not reached by then is said. */
    seconds: z.coerce.number().positive().max(3600).default(120),
  }),
  // Loaded on demand: few people run it, and rarely.
  run: async (input, context) => (await import('./scanForSecrets.ts')).scanForSecrets(input, context),
});
