import { describe, expect, it } from 'vitest';
import { newOrderedUuid } from '../../../src/base/ids.ts';

describe('ids that sort by time', () => {
  it('are UUIDs of version 7, all different, each after the one before', () => {
    const ids = Array.from({ length: 10_000 }, () => newOrderedUuid());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort());
    expect(ids.filter(id => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual(
      [],
    );
    const time = Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16);
    expect(Math.abs(Date.now() - time)).toBeLessThan(60_000);
  });
});
