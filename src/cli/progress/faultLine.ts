import path from 'node:path';
import { describePlace, type FileFault } from '../../core/validation/fileFault.ts';
import { oneLine } from '../terminal/plainText.ts';

/**
 * `FILE:LINE:COLUMN: what is wrong, and what to do`, as editors and other programs read it. What is wrong with a whole
 * file is at its beginning.
 */
export function faultLine({ place, message, detail, remedy }: FileFault<string>, directory: string): string {
  const way = path.relative(directory, place.file);
  const file = way.startsWith('..') ? place.file : way;
  return oneLine(
    `${describePlace({ line: 1, column: 1, ...place, file })}: ${[message, detail, remedy].filter(Boolean).join(' ')}`,
  );
}

/** The same for other programs. */
export function faultRow({ reason, place, message, detail, remedy }: FileFault<string>): object {
  return {
    file: place.file,
    line: place.line ?? null,
    column: place.column ?? null,
    reason,
    message,
    detail: detail ?? null,
    remedy,
  };
}
