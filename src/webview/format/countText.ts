/** A count in few letters: `950`, `12.3k`, `1.2M`. */
export function countText(count: number): string {
  if (!Number.isFinite(count) || count <= 0) {
    return '0';
  }
  if (count < 1000) {
    return String(Math.round(count));
  }
  const [value, unit] = count < 999_500 ? [count / 1000, 'k'] : [count / 1_000_000, 'M'];
  return `${value < 100 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)}${unit}`;
}

/** `1 file`, `3 files`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A share as `6 %`; never more than 100 %, and no division by zero. */
export function percentText(part: number, whole: number): string {
  return whole > 0 && part > 0 ? `${Math.min(100, Math.round((part / whole) * 100))} %` : '0 %';
}
