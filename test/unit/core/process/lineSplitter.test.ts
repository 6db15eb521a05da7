import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../../../src/core/process/lineSplitter.ts';
import { anyText } from '../../anyText.ts';

interface Oversized {
  readonly byteLength: number;
  readonly head: string;
}
type Found = string | Oversized;

function split(chunks: readonly Uint8Array[], maxLineBytes?: number): Found[] {
  const found: Found[] = [];
  const splitter = new LineSplitter(
    { line: text => found.push(text), oversized: (byteLength, head) => found.push({ byteLength, head }) },
    maxLineBytes === undefined ? {} : { maxLineBytes },
  );
  for (const chunk of chunks) {
    splitter.push(chunk);
  }
  splitter.end();
  return found;
}

function cut(bytes: Uint8Array, boundaries: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(boundaries.map(at => at % (bytes.length + 1)))].sort((a, b) => a - b);
  const parts: Uint8Array[] = [];
  let start = 0;
  for (const end of [...sorted, bytes.length]) {
    parts.push(bytes.slice(start, end));
    start = end;
  }
  return parts;
}

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('LineSplitter', { timeout: 30_000 }, () => {
  it('gives the lines of one chunk', () => {
    expect(split([utf8('one\ntwo\n')])).toEqual(['one', 'two']);
  });

  it('gives the last line also when its newline is missing', () => {
    expect(split([utf8('one\ntwo')])).toEqual(['one', 'two']);
  });

  it('gives empty lines, and none for an empty stream', () => {
    expect(split([utf8('\n\na\n')])).toEqual(['', '', 'a']);
    expect(split([])).toEqual([]);
    expect(split([utf8('')])).toEqual([]);
  });

  it('takes CRLF as a line end, also when it is split between two chunks', () => {
    expect(split([utf8('one\r'), utf8('\ntwo\r\n'), utf8('\r\n'), utf8('three\r')])).toEqual([
      'one',
      'two',
      '',
      'three',
    ]);
  });

  it('keeps a carriage return in the middle of a line', () => {
    expect(split([utf8('a\rb\n')])).toEqual(['a\rb']);
  });

  it('drops a byte order mark at the beginning of the stream and nowhere else', () => {
    expect(split([utf8('\ufeff{}\n\ufeff{}\n')])).toEqual(['{}', '\ufeff{}']);
  });

  it('does not take other separators of Unicode for line ends', () => {
    expect(split([utf8('a\u2028b\u2029c\u0085d\u000be\n')])).toEqual(['a\u2028b\u2029c\u0085d\u000be']);
  });

  it('keeps every character whole at every byte boundary', () => {
    const text = '{"a":"é漢🙂"}\r\nß\n\n🏴‍☠️ end';
    const bytes = utf8(text);
    const whole = split([bytes]);
    expect(whole).toEqual(['{"a":"é漢🙂"}', 'ß', '', '🏴‍☠️ end']);
    for (let at = 0; at <= bytes.length; at++) {
      expect(split([bytes.slice(0, at), bytes.slice(at)])).toEqual(whole);
    }
    expect(split([...bytes].map(byte => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('gives the same lines however the bytes are cut, as a split of the whole text would', () => {
    const line = anyText({ maxLength: 40 }).map(text => text.replace(/[\r\n\ufeff]/g, ' '));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 20 }),
        line,
        fc.array(fc.nat({ max: 5000 }), { maxLength: 30 }),
        (lines, rest, boundaries) => {
          const bytes = utf8(lines.map(([text, end]) => text + end).join('') + rest);
          const expected = [...lines.map(([text]) => text), ...(rest === '' ? [] : [rest])];
          const wellFormed = expected.map(text => Buffer.from(text, 'utf8').toString('utf8'));
          expect(split(cut(bytes, boundaries))).toEqual(wellFormed);
        },
      ),
    );
  });

  it('takes any bytes without throwing, and loses none of them but line ends', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.nat({ max: 300 }), { maxLength: 10 }),
        (bytes, boundaries) => {
          const found = split(cut(bytes, boundaries));
          expect(found).toEqual(split([bytes]));
          expect(found.length).toBeGreaterThanOrEqual(bytes.filter(byte => byte === 10).length);
        },
      ),
    );
  });

  it('reports a line above the limit with its length and beginning, and goes on with the next', () => {
    expect(split([utf8(`a\n${'x'.repeat(11)}\nb\n`)], 10)).toEqual([
      'a',
      { byteLength: 11, head: 'x'.repeat(11) },
      'b',
    ]);
    const found = split([utf8('x'.repeat(3000)), utf8('x'.repeat(3000)), utf8('\nb\n')], 2000);
    expect(found).toEqual([{ byteLength: 6000, head: 'x'.repeat(1024) }, 'b']);
  });

  it('draws the limit at the same length wherever the chunks are cut', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat({ max: 40 }), { maxLength: 8 }),
        (length, end, boundaries) => {
          const found = split(cut(utf8(`${'x'.repeat(length)}${end}ok\n`), boundaries), 15);
          expect(found[1]).toBe('ok');
          expect(typeof found[0]).toBe(length > 15 ? 'object' : 'string');
        },
      ),
    );
  });

  it('reports an oversized last line without a newline', () => {
    expect(split([utf8('x'.repeat(20))], 10)).toEqual([{ byteLength: 20, head: 'x'.repeat(20) }]);
  });

  it('keeps a line of 50 MB that comes in small chunks', () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const found: number[] = [];
    const splitter = new LineSplitter({ line: text => found.push(text.length), oversized: () => found.push(-1) });
    for (let sent = 0; sent < 800; sent++) {
      splitter.push(chunk);
    }
    splitter.push(utf8('\nshort\n'));
    splitter.end();
    expect(found).toEqual([800 * 64 * 1024, 5]);
  });

  it('throws away a line above 64 MiB without keeping it', () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const found: Found[] = [];
    const splitter = new LineSplitter({
      line: text => found.push(text),
      oversized: (byteLength, head) => found.push({ byteLength, head }),
    });
    for (let sent = 0; sent < 70; sent++) {
      splitter.push(chunk);
    }
    splitter.push(utf8('\nnext'));
    splitter.end();
    expect(found).toEqual([{ byteLength: 70 * 1024 * 1024, head: 'x'.repeat(1024) }, 'next']);
  });

  it('does not keep the chunk, so that its owner may write to it again', () => {
    const found: Found[] = [];
    const splitter = new LineSplitter({ line: text => found.push(text), oversized: () => {} });
    const chunk = Buffer.from('begin');
    splitter.push(chunk);
    chunk.fill('z');
    splitter.push(utf8(' end\n'));
    expect(found).toEqual(['begin end']);
  });
});
