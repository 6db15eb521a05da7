/** Bytes that a file may have at most. @type {Record<string, number>} */
export const BUDGETS = {
  'dist/extension.js': 1_000_000,
  vsix: 5_000_000,
};

/**
 * @typedef {{name: string, bytes: number, budget?: number | undefined}} Size
 */

/**
 * A table of sizes, one a line, and the names that are over their budget.
 * @param {readonly Size[]} sizes
 * @returns {{table: string, over: string[]}}
 */
export function sizeReport(sizes) {
  const rows = sizes.map(({ name, bytes, budget }) => [name, format(bytes), budget ? `of ${format(budget)}` : '']);
  const widths = [0, 1, 2].map(column => Math.max(0, ...rows.map(row => (row[column] ?? '').length)));
  const table = rows
    .map(([name = '', bytes = '', budget = '']) =>
      `${name.padEnd(widths[0] ?? 0)}  ${bytes.padStart(widths[1] ?? 0)}  ${budget}`.trimEnd(),
    )
    .join('\n');
  const over = sizes.filter(({ bytes, budget }) => budget !== undefined && bytes > budget).map(({ name }) => name);
  return { table, over };
}

/** @param {number} bytes */
function format(bytes) {
  return `${bytes.toLocaleString('en-US')} B`;
}
