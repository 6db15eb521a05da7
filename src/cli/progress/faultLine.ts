import path from 'node:path';
import { describePlace, type FileFault } from '../../core/validation/fileFault.ts';
import { oneLine } from '../terminal/plainText.ts';

/** `FILE:LINE:COLUMN: what is wrong, and what to do`, as editors and other programs read it. */
export function faultLine({ place, message, detail, remedy }: FileFault<string>, directory: string): string {
  const way = path.relative(directory, place.file);
  // Far away, the whole path says more than a way up and down.
  const file = way.startsWith(`..${path.sep}..`) || way === '' ? place.file : way;
  return oneLine(`${describePlace({ ...place, file })}: ${[message, detail, remedy].filter(Boolean).join(' ')}`);
}
