import { oneLine } from './plainText.ts';
import { fitText, padEnd, padStart, textWidth } from './textWidth.ts';

interface Column<Row> {
  readonly title: string;
  /** Untrusted text is welcome: it is made plain here. */
  readonly cell: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** Gives way when the terminal is narrow. At most one column does. */
  readonly isElastic?: boolean;
  readonly paint?: (text: string, row: Row) => string;
}

const GAP = '  ';

/** Rows under their titles, aligned, no wider than the terminal. `width` undefined is no limit. */
export function alignColumns<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number | undefined,
): readonly string[] {
  const cells = rows.map(row => columns.map(column => oneLine(column.cell(row))));
  const natural = columns.map((column, index) =>
    Math.max(textWidth(column.title), ...cells.map(line => textWidth(line[index] ?? ''))),
  );
  const widths = shrink(natural, columns, width);
  const title = columns.map((column, index) => place(column.title, column, widths[index] ?? 0)).join(GAP);
  const lines = rows.map((row, rowIndex) =>
    columns
      .map((column, index) => {
        const text = place(cells[rowIndex]?.[index] ?? '', column, widths[index] ?? 0);
        return column.paint === undefined ? text : column.paint(text, row);
      })
      .join(GAP)
      .trimEnd(),
  );
  return [title.trimEnd(), ...lines];
}

function shrink<Row>(
  natural: readonly number[],
  columns: readonly Column<Row>[],
  width: number | undefined,
): readonly number[] {
  if (width === undefined) {
    return natural;
  }
  const total = natural.reduce((sum, next) => sum + next, 0) + GAP.length * (columns.length - 1);
  const tooMuch = total - width;
  return natural.map((own, index) =>
    tooMuch > 0 && columns[index]?.isElastic === true ? Math.max(8, own - tooMuch) : own,
  );
}

function place<Row>(text: string, column: Column<Row>, width: number): string {
  const fitted = fitText(text, width);
  return column.align === 'right' ? padStart(fitted, width) : padEnd(fitted, width);
}
