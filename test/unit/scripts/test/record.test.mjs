import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecord } from '../../../../scripts/test/record.mjs';

describe('readRecord', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'record-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const tally = (...lines) => {
    const file = path.join(folder, 'record.ndjson');
    writeFileSync(file, lines.map(line => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`)).join(''));
    return readRecord(file);
  };

  it('counts each test once, by its id', () => {
    expect(
      tally(
        { type: 'passed', id: '1', test: 'same name' },
        { type: 'passed', id: '2', test: 'same name' },
        { type: 'skipped', id: '3', test: 'later' },
        { type: 'skipped', id: '3', test: 'later' },
      ),
    ).toMatchObject({ passed: 2, failed: 0, skipped: 1 });
  });

  it('keeps a failure that is followed by another result of the same test', () => {
    const { passed, failures } = tally(
      { type: 'failed', id: '1', test: 'a', error: 'boom' },
      { type: 'passed', id: '1', test: 'a' },
    );
    expect({ passed, failures }).toEqual({ passed: 0, failures: ['a: boom'] });
  });

  it('tells why tests were skipped, each reason once', () => {
    expect(
      tally(
        { type: 'skipped', id: '1', test: 'a', why: 'no sandbox' },
        { type: 'skipped', id: '2', test: 'b', why: 'no sandbox' },
        { type: 'skipped', id: '3', test: 'c' },
      ).skips,
    ).toEqual(['2 tests: no sandbox', 'one test: it is marked so']);
  });

  it('names what was started and has not ended', () => {
    expect(
      tally(
        { type: 'started', id: '1', test: 'done' },
        { type: 'passed', id: '1', test: 'done' },
        { type: 'started', id: '2', test: 'stuck' },
      ).running,
    ).toEqual(['stuck']);
  });

  it('reads what is whole of a record whose writer was killed', () => {
    expect(tally({ type: 'passed', id: '1', test: 'a' }, '{"type":"pas')).toMatchObject({ passed: 1 });
  });

  it('counts nothing when the suite never wrote', () => {
    expect(readRecord(path.join(folder, 'missing'))).toMatchObject({ passed: 0, failed: 0, skipped: 0 });
  });
});
