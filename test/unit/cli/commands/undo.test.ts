import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../../src/cli/program.ts';
import { PanelFixture } from '../panelFixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'panel-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('undo --free', () => {
  it('tells how many snapshots it removed', async () => {
    const panel = new PanelFixture({ folder });
    expect(await execute(['undo', '--free', '7d', '--json'], panel.context)).toBe(0);
    expect(JSON.parse(panel.test.out())).toEqual({ removed: 0, bytes: 0 });
  });

  it.each([['t1'], ['--dry-run'], ['--list'], ['--since', '2h'], ['--path', 'a'], ['--conflicts', 'both']])(
    'removes nothing together with %s',
    async (...words) => {
      const panel = new PanelFixture({ folder });
      let freed = 0;
      panel.services.upkeep.free = async () => {
        freed += 1;
        return { removed: 1, bytes: 0 };
      };
      expect(await execute(['undo', ...words, '--free', '0m'], panel.context)).toBe(2);
      expect([freed, panel.test.err()]).toEqual([0, expect.stringContaining('does not fit here')]);
    },
  );
});
