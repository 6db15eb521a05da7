import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { count } from '../../../../scripts/test/runSuite.mjs';

describe('count', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'record-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const suite = { name: 'unit', records: true };
  const recordOf = (/** @type {readonly object[]} */ ...lines) => {
    const file = path.join(folder, 'unit.ndjson');
    writeFileSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
    return file;
  };

  it('fails a suite in which no test ran', () => {
    const nothing = { failed: 1, failures: ['unit: no test ran'], note: 'no test ran' };
    expect(count(suite, path.join(folder, 'missing'), '')).toMatchObject(nothing);
    expect(count(suite, recordOf({ type: 'started', id: '1', test: 'a' }), '')).toMatchObject({ failed: 1 });
  });

  it('takes tests that passed and tests that were skipped for tests', () => {
    expect(count(suite, recordOf({ type: 'passed', id: '1', test: 'a' }), '')).toMatchObject({ passed: 1, failed: 0 });
    expect(count(suite, recordOf({ type: 'skipped', id: '1', test: 'a' }), '')).toMatchObject({
      skipped: 1,
      failed: 0,
    });
  });

  it('counts a check without a record as one', () => {
    expect(count({ name: 'lint' }, '', '')).toMatchObject({ passed: 1, failed: 0 });
    expect(count({ name: 'lint' }, '', 'ended with exit code 1')).toMatchObject({ passed: 0, failed: 1 });
  });
});
