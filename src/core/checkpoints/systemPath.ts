/*
 * On Linux a name is any bytes. Those that are no UTF-8 are kept as lone surrogates, one a byte, as Python does: so
 * every name is a string, and goes back to the system as the same bytes.
 */
const MARKED = /[\udc80-\udcff]/;
const MARK = 0xdc00;

export function nameFromBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  return !text.includes('\ufffd') || Buffer.from(text, 'utf8').equals(buffer) ? text : markedName(buffer);
}

function markedName(bytes: Buffer): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let name = '';
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    try {
      name += strict.decode(bytes.subarray(at, at + length));
      at += length;
    } catch {
      name += String.fromCharCode(MARK + byte);
      at += 1;
    }
  }
  return name;
}

export function bytesOfName(name: string): Buffer {
  if (!MARKED.test(name)) {
    return Buffer.from(name, 'utf8');
  }
  const parts: Buffer[] = [];
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    parts.push(code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - MARK]) : Buffer.from(character, 'utf8'));
  }
  return Buffer.concat(parts);
}

/** What the functions of `node:fs` take: bytes only where text would not name the file. */
export function toSystemPath(absolute: string): string | Buffer {
  return MARKED.test(absolute) ? bytesOfName(absolute) : absolute;
}

/** @param relative as in {@link NotCovered} */
export function inRoot(root: string, relative: string): string | Buffer {
  // The system takes `/` everywhere; putting paths together in the usual way would cost more than reading the folder.
  return toSystemPath(relative === '' ? root : `${root}/${relative}`);
}

export function parentOf(relative: string): string {
  const slash = relative.lastIndexOf('/');
  return slash < 0 ? '' : relative.slice(0, slash);
}

/** From the outermost to the parent itself; the root is left out. */
export function ancestorsOf(relative: string): readonly string[] {
  const found: string[] = [];
  for (let slash = relative.indexOf('/'); slash >= 0; slash = relative.indexOf('/', slash + 1)) {
    found.push(relative.slice(0, slash));
  }
  return found;
}

/** True for one of the paths and for everything below it. */
export function isAtOrBelow(paths: ReadonlySet<string>, relative: string): boolean {
  return paths.has(relative) || ancestorsOf(relative).some(folder => paths.has(folder));
}
