const DAY_MS = 24 * 60 * 60_000;

/** Midnight, in local time, at the beginning of the last day before this one that is neither Saturday nor Sunday. Pure. */
export function lastWorkingDay(now: Date): Date {
  // Noon, so that a change of the clocks does not lead to another day.
  let noon = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 12).getTime();
  let weekday: number;
  do {
    noon -= DAY_MS;
    weekday = new Date(noon).getDay();
  } while (weekday === 0 || weekday === 6);
  const day = new Date(noon);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate());
}
