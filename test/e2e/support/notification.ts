import { waitFor } from '../../harness/waitFor.ts';
import type { Workbench } from '../../harness/workbench.ts';

const PRESS_MS = 1_000;

/**
 * Presses a button of the notification that holds this text until that has its effect: what comes too soon after it
 * appeared does not count, and then it is there again. Where its toast has hidden itself, the notification centre has it.
 */
export async function pressNotification(
  { page, notifications }: Workbench,
  text: string,
  button: string,
  effect: () => boolean | Promise<boolean>,
): Promise<void> {
  const places = page.locator('.notification-toast, .notifications-center .notification-list-item');
  const wanted = places.filter({ hasText: text }).getByRole('button', { name: button, exact: true }).first();
  await notifications.toasts(text).waitFor();
  let isPressed = false;
  await waitFor(`"${button}" to count`, async () => {
    if (await effect()) {
      return true;
    }
    if (await wanted.isVisible()) {
      await wanted.click({ timeout: PRESS_MS });
      isPressed = true;
    } else if (!isPressed) {
      await notifications.list();
    }
    return false;
  });
}
