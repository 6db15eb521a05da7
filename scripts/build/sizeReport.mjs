import path from 'node:path';
import { CACHE } from '../setup/paths.mjs';

/** Where a build leaves the sizes of the extension, for the benchmarks. */
export const SIZES_FILE = path.join(CACHE, 'sizes.json');

/** Bytes that what is loaded or shipped together may have at most. */
export const BUDGETS = {
  // Loading it is most of what activation takes.
  activation: 25_000,
  opening: 1_000_000,
  vsix: 5_000_000,
};

/**
 * What is loaded, with everything that it imports, by the time that the panel is open. A module that every opening loads
 * on demand soon after belongs here, too.
 */
const ACTIVATED = ['src/extension.ts'];
const OPENED = [...ACTIVATED, 'src/vscode/openPanel.ts', 'src/app/createPanelServices.ts'];

/**
 * @typedef {{name: string, bytes: number, budget?: number | undefined}} Size
 * @typedef {Record<string, {bytes: number, inputs: object, imports: {path: string, kind: string}[]}>} Outputs by file
 */

/**
 * How much VS Code loads into its extension host, without native code: to activate, to open the panel, and at most.
 * @param {{outputs: Outputs}} metafile of the extension's files
 * @returns {Size[]}
 */
export function extensionSizes({ outputs }) {
  const all = Object.keys(outputs).filter(name => !name.endsWith('.map'));
  const bytesOf = (/** @type {Iterable<string>} */ names) =>
    [...names].reduce((sum, name) => sum + (outputs[name]?.bytes ?? 0), 0);
  return [
    { name: 'extension, to activate', bytes: bytesOf(loadedWith(ACTIVATED, outputs)), budget: BUDGETS.activation },
    { name: 'extension, to open the panel', bytes: bytesOf(loadedWith(OPENED, outputs)), budget: BUDGETS.opening },
    { name: 'extension, everything', bytes: bytesOf(all) },
  ];
}

/**
 * The files that loading these modules loads, without what is imported on demand.
 * @param {readonly string[]} modules
 * @param {Outputs} outputs
 */
function loadedWith(modules, outputs) {
  /** @type {Set<string>} */
  const loaded = new Set();
  const load = (/** @type {string} */ name) => {
    const output = outputs[name];
    if (output === undefined || loaded.has(name)) return;
    loaded.add(name);
    for (const { path, kind } of output.imports) if (kind === 'import-statement') load(path);
  };
  for (const module of modules) {
    const holder = Object.keys(outputs).find(name => module in (outputs[name]?.inputs ?? {}));
    // Otherwise a module that was renamed would no longer count.
    if (holder === undefined) throw new Error(`${module} is in no file of the extension, so its size is not known`);
    load(holder);
  }
  return loaded;
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
