import { lstat, mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { JsonValue } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';
import { isInside } from '../../core/validation/workspaceText.ts';
import { reportsOutside } from './actionError.ts';

/** Kept out of git by the `.gitignore` of `.claude-panel`. */
export const REPORTS_FOLDER = '.claude-panel/reports';

const documentSchema = z.object({
  document: z
    .string()
    .startsWith(`${REPORTS_FOLDER}/`)
    .regex(/^[\w./-]+\.md$/)
    .refine(file => !file.includes('..')),
  documentTitle: z.string(),
});
/** What an action's output says about the document that it wrote, beside whatever else it says. */
export interface PanelDocument {
  /** Relative to the folder, with `/`. */
  readonly document: string;
  readonly documentTitle: string;
}

/** The document in the output of an action, so that a surface can offer to open it. */
export function documentIn(output: JsonValue | undefined): PanelDocument | undefined {
  return documentSchema.safeParse(output).data;
}

/**
 * Writes a Markdown document of the panel under a name that is free.
 * @param about.name letters, digits and hyphens; the time is added
 * @throws ActionError `reportsOutside` when a link leads out of the folder
 */
export async function saveDocument(
  folder: string,
  about: { readonly name: string; readonly title: string; readonly text: string; readonly now: number },
): Promise<PanelDocument> {
  const place = path.join(folder, REPORTS_FOLDER);
  await mkdir(place, { recursive: true }).catch(() => undefined);
  const found = await lstat(place).catch(() => undefined);
  if (found?.isDirectory() !== true || !isInside(await realpath(folder), await realpath(place))) {
    throw reportsOutside(REPORTS_FOLDER);
  }
  const stamp = new Date(about.now).toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  for (let number = 1; ; number += 1) {
    const file = `${about.name}-${stamp}${number === 1 ? '' : `-${number}`}.md`;
    try {
      await writeFile(path.join(place, file), visibleText(about.text), { flag: 'wx' });
      return { document: `${REPORTS_FOLDER}/${file}`, documentTitle: about.title };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
  }
}
