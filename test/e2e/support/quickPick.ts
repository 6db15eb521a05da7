import { waitFor } from '../../harness/waitFor.ts';
import type { Workbench } from '../../harness/workbench.ts';

const PRESS_MS = 1_000;

/**
 * Chooses a row of the quick pick with this title. What comes too soon after the list appeared does not count, so it is
 * pressed until the list is gone.
 */
export async function pickIn({ quickInput }: Workbench, title: string, row: string): Promise<void> {
  const shown = quickInput.widget.filter({ hasText: title });
  await shown.waitFor();
  const isGone = async (): Promise<boolean> => !(await shown.isVisible());
  await waitFor('the choice to count', async () => {
    if (await isGone()) return true;
    await quickInput.rows(row).first().click({ timeout: PRESS_MS });
    return waitFor('the list to go', isGone, PRESS_MS);
  });
}
