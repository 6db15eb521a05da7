import { bytesOfName } from '../systemPath.ts';

/** As git reads it in the streams that it is given: in quotes, every byte that is not plain as an octal number. */
export function quotedPath(path: string): string {
  let quoted = '"';
  for (const byte of bytesOfName(path)) {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    quoted += isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return `${quoted}"`;
}
