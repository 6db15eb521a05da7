/** US dollars: `$0.00`, `<$0.01`, `$0.12`, `$1,240`. */
export function moneyText(usd: number): string {
  if (!Number.isFinite(usd) || usd <= 0) {
    return '$0.00';
  }
  if (usd < 0.005) {
    return '<$0.01';
  }
  return usd < 1000 ? `$${usd.toFixed(2)}` : `$${Math.round(usd).toLocaleString('en-US')}`;
}
