import * as z from 'zod';
import { type PanelAction, panelAction } from '../panelAction.ts';

/**
 * Asks the package managers' own audits about every lock file. A tool that is missing, or that has no network, is said in
 * the result: it is no failure.
 */
export const dependencyAuditAction: PanelAction = panelAction({
  name: 'dependency-audit',
  summary: 'Asks npm, pnpm, yarn, pip-audit, cargo-audit or Composer which dependencies are known to be vulnerable.',
  input: z.strictObject({}),
  // Loaded on demand: few people run it, and rarely.
  run: async (_input, context) => (await import('./auditDependencies.ts')).auditDependencies(context),
});
