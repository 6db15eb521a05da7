/** Bytes that a file may have at most. @type {Record<string, number>} */
export const BUDGETS = {
  // Loading it is most of what activation takes.
  'dist/extension.js': 25_000,
  extension: 1_000_000,
  vsix: 5_000_000,
};

/** What VS Code loads into its extension host, without native code: one bundle to activate, one on demand. */
export const EXTENSION_FILES = ['dist/extension.js', 'dist/panel.js'];

/**
 * @typedef {{name: string, bytes: number, budget?: number | undefined}} Size
 */

/** The extension's bundles as one size. @param {readonly Size[]} sizes @returns {Size} */
export function extensionSize(sizes) {
  const bytes = sizes.filter(({ name }) => EXTENSION_FILES.includes(name)).reduce((sum, size) => sum + size.bytes, 0);
  return { name: 'extension, both bundles', bytes, budget: BUDGETS['extension'] };
}

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
