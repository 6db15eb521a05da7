/*
 * Times as people read them. All inputs are milliseconds; whatever is not a positive number counts as zero,
 * because a clock that runs backwards must not show nonsense.
 */

function wholeSeconds(ms: number): number {
  return Number.isFinite(ms) && ms > 0 ? Math.floor(ms / 1000) : 0;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A running clock: `0:42`, `12:05`, `1:02:05`. */
export function clockText(ms: number): string {
  const seconds = wholeSeconds(ms);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0
    ? `${hours}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`
    : `${minutes}:${twoDigits(seconds % 60)}`;
}

/** How long something took: `40 ms`, `0.4 s`, `4 s`, `6.2 s`, `42 s`, then as a clock. */
export function durationText(ms: number): string {
  if (!Number.isFinite(ms) || ms <= 0) {
    return '0 s';
  }
  if (ms < 50) {
    return `${Math.max(1, Math.round(ms))} ms`;
  }
  if (ms < 9_950) {
    return `${(ms / 1000).toFixed(1).replace(/\.0$/, '')} s`;
  }
  return ms < 59_500 ? `${Math.round(ms / 1000)} s` : clockText(ms + 500);
}

/** For screen readers: `1 minute 42 seconds`. */
export function spokenDuration(ms: number): string {
  const seconds = wholeSeconds(ms);
  const parts = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  const spoken = parts
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}${value === 1 ? '' : 's'}`);
  return spoken.length > 0 ? spoken.join(' ') : '0 seconds';
}

/** The hour and minute of a moment, in the person's own time zone and habit. */
function timeOfDay(at: number): string {
  return Number.isFinite(at) ? new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) : '';
}

/** `today 10:42` as only `10:42`; other days with their date. */
export function momentText(at: number, now: number): string {
  if (!Number.isFinite(at)) {
    return '';
  }
  const day = new Date(at).toDateString() === new Date(now).toDateString();
  return day
    ? timeOfDay(at)
    : `${new Date(at).toLocaleDateString([], { month: 'short', day: 'numeric' })}, ${timeOfDay(at)}`;
}

/** The moment this day began, in the person's own time zone. */
export function startOfDay(now: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}
