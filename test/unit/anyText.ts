import fc from 'fast-check';

const codePoint = fc
  .oneof(
    { arbitrary: fc.integer({ min: 0, max: 0x7f }), weight: 2 },
    { arbitrary: fc.integer({ min: 0x80, max: 0xd7ff }), weight: 1 },
    { arbitrary: fc.integer({ min: 0xe000, max: 0x10ffff }), weight: 1 },
  )
  .map(
    point => String.fromCodePoint(point),
    text => (typeof text === 'string' ? text.codePointAt(0) : undefined) ?? -1,
  );

/**
 * Any text of whole code points, half of them ASCII. The unit `binary` of fast-check would do as well, but works for
 * two thirds of a second in every file that names it before it makes its first text.
 */
export function anyText(limits: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ unit: codePoint, ...limits });
}
