import * as z from 'zod';
import type { Clock } from '../../base/clock.ts';
import { type PanelAction, panelAction } from './panelAction.ts';
import { saveDocument } from './panelDocument.ts';

/** Keeps what an earlier step wrote as a Markdown document that can be opened. */
export function saveDocumentAction({ clock }: { readonly clock: Clock }): PanelAction {
  return panelAction({
    name: 'save-document',
    summary: 'Writes a Markdown document to .claude-panel/reports, which git leaves alone.',
    input: z.strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
        .max(60),
      title: z.string().min(1).max(500),
      text: z.string().min(1).max(2_000_000),
    }),
    run: async ({ name, title, text }, { folder }) => ({
      ...(await saveDocument(folder, { name, title: oneLine(title), text: `${text.trim()}\n`, now: clock.now() })),
      text,
    }),
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
