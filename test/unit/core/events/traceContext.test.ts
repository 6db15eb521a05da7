import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newOrderedUuid, newUuid } from '../../../../src/base/ids.ts';
import { traceparentOf } from '../../../../src/core/events/traceContext.ts';

const VALID = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/;

it('makes a valid trace context of every UUID, and always the same', () => {
  fc.assert(
    fc.property(fc.uuid(), uuid => {
      expect(traceparentOf(uuid)).toMatch(VALID);
      expect(traceparentOf(uuid)).toBe(traceparentOf(uuid));
    }),
  );
  expect(traceparentOf(newUuid())).toMatch(VALID);
  expect(traceparentOf(newOrderedUuid())).toMatch(VALID);
});

it('makes none of another id, so that nothing invalid is told', () => {
  fc.assert(fc.property(fc.string(), text => traceparentOf(text) === undefined));
  expect(traceparentOf('00000000-0000-0000-0000-000000000000')).toBeUndefined();
});
