/** One measured figure, beside what it is compared with in the same run. */
export interface Figure {
  readonly name: string;
  readonly measured: string;
  /** The raw Claude Code, a plain loop, or the limit. */
  readonly reference: string;
  readonly ratio: string;
}

export type Benchmark = () => Promise<readonly Figure[]>;

/** A Markdown table, with columns as wide as their widest cell. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = [
    ['what', 'measured', 'beside', 'ratio'],
    ...figures.map(figure => [figure.name, figure.measured, figure.reference, figure.ratio]),
  ];
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...body.map(line)].join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
