import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileBytes, readFileText } from '../../../../src/core/review/fileText.ts';
import { anyText } from '../../anyText.ts';

describe('readFileText', () => {
  it('gives a text that becomes the same bytes again, or nothing', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      anyText().map(text => new TextEncoder().encode(text)),
      anyText().map(text => new TextEncoder().encode(`\ufeff${text}`)),
    );
    fc.assert(
      fc.property(bytes, given => {
        const text = readFileText(given);
        if (text !== undefined) {
          expect(Buffer.from(fileBytes(text)).equals(Buffer.from(given))).toBe(true);
        }
      }),
    );
  });

  it('keeps the byte order mark apart from the text', () => {
    expect(readFileText(new TextEncoder().encode('\ufeffa\r\n'))).toEqual({ text: 'a\r\n', hasByteOrderMark: true });
  });

  it('gives nothing for what is no text', () => {
    expect(readFileText(Uint8Array.of(0xff, 0xfe, 0x41))).toBeUndefined();
    expect(readFileText(Uint8Array.of(0x41, 0, 0x42))).toBeUndefined();
    expect(readFileText(new Uint8Array(3_000_000).fill(0x41))).toBeUndefined();
  });
});
