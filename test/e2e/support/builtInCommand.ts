import { waitFor } from '../../harness/waitFor.ts';
import type { Workbench } from '../../harness/workbench.ts';

/** An answer to a question of a command: typed into a box, chosen from a list, or what is in the box already. */
export type Answer =
  | { readonly asked: string; readonly type: string }
  | { readonly asked: string; readonly pick: string }
  | { readonly asked: string; readonly accept: true };

/** Starts a command from its own entry in the palette and answers each question under its title. */
export async function startFromPalette(
  workbench: Workbench,
  title: string,
  ...answers: readonly Answer[]
): Promise<void> {
  await workbench.command(`Claude: ${title}`);
  for (const answer of answers) {
    await answerOne(workbench, `${title}: ${answer.asked}`, answer);
  }
}

async function answerOne({ quickInput }: Workbench, question: string, answer: Answer): Promise<void> {
  if ('pick' in answer) {
    await quickInput.pick(question, answer.pick);
  } else {
    await quickInput.answer(question, 'type' in answer ? answer.type : undefined);
  }
}

/** Opens the document of a command from the notification that tells its end, and gives the text as it is shown. */
export async function openDocumentOf(workbench: Workbench, title: string): Promise<string> {
  const preview = workbench.page.getByRole('tab', { name: /^Preview / });
  await workbench.notifications.press(`"${title}" is done`, 'Open Document', () => preview.isVisible());
  const text = await workbench.webviews.until('.markdown-body', async frame => {
    const shown = await frame.locator('.markdown-body').innerText();
    return shown.trim() === '' ? undefined : shown;
  });
  await workbench.command('View: Close All Editors');
  await preview.waitFor({ state: 'detached' });
  await waitFor('the document to be gone', async () => (await workbench.webviews.visible()).length <= 1);
  return text;
}
