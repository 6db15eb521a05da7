/**
 * The table of suites, why tests were skipped, the failures, and the closing line.
 * @param {readonly import('./runSuite.mjs').Outcome[]} outcomes
 * @returns {string}
 */
export function summary(outcomes) {
  const rows = [
    ['suite', 'passed', 'failed', 'skipped', 'time', ''],
    ...outcomes.map(outcome => [
      outcome.name,
      String(outcome.passed),
      String(outcome.failed),
      String(outcome.skipped),
      `${(outcome.milliseconds / 1000).toFixed(1)} s`,
      outcome.note,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(row =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const failures = outcomes.flatMap(({ failures: list }) => list);
  const skips = outcomes.flatMap(({ name, skips: list }) => list.map(line => `${name}, ${line}`));
  const { passed, failed, skipped } = total(outcomes);
  return [
    '',
    ...lines,
    ...(skips.length > 0 ? ['', 'skipped:', ...skips.map(line => `  ${line}`)] : []),
    ...(failures.length > 0 ? ['', 'failed:', ...failures.map(line => `  ${line}`)] : []),
    '',
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n');
}

/** @param {readonly import('./runSuite.mjs').Outcome[]} outcomes */
export function total(outcomes) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    outcomes.reduce((count, outcome) => count + outcome[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
