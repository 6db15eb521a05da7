import { waitFor } from './waitFor.ts';

/** One press must not hold up the next attempt, so each is given that long, in ms. */
export const PRESS_MS = 1_000;

/**
 * Presses until that has its effect. A press is lost on a list or tree that is drawn anew at that moment, and does not
 * count where it comes too soon after what is pressed appeared.
 *
 * @param effect completes the sentence "waited in vain for …"
 * @param isThere whether the effect is there; asked before each press, so that none goes to what comes next
 * @param press bounded in time, such as a click with `PRESS_MS`
 * @param patienceMs how long the first press may take to have its effect. Each later one may take twice as long as the
 * one before: where the next press takes the effect of the last one away, a slow machine would never show it
 */
export async function pressUntil(
  effect: string,
  isThere: () => boolean | Promise<boolean>,
  press: () => Promise<void>,
  patienceMs = PRESS_MS,
): Promise<void> {
  let patience = patienceMs;
  await waitFor(effect, async () => {
    if (await isThere()) return true;
    await press();
    patience *= 2;
    return waitFor(effect, isThere, patience / 2);
  });
}
