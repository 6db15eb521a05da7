/** Larger files are reviewed as a whole: nobody reads them hunk by hunk. */
const MOST_BYTES = 2_000_000;

export interface FileText {
  readonly text: string;
  readonly hasByteOrderMark: boolean;
}

/** The text of a file, when it is UTF-8 and can be put back to the same bytes; nothing for everything else. */
export function readFileText(bytes: Uint8Array): FileText | undefined {
  if (bytes.length > MOST_BYTES || bytes.includes(0)) {
    return undefined;
  }
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), hasByteOrderMark };
  } catch {
    return undefined;
  }
}

/** The bytes of a text, with the mark that was before it. */
export function fileBytes({ text, hasByteOrderMark }: FileText): Uint8Array {
  return new TextEncoder().encode(hasByteOrderMark ? `\ufeff${text}` : text);
}
