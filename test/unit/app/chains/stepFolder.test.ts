import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepFolder } from '../../../../src/app/chains/stepFolder.ts';
import type { ValueScope } from '../../../../src/core/catalog/valueScope.ts';
import { temporaryFolder } from '../../core/profiles/temporaryFolder.ts';

function scope(item: string): ValueScope {
  return { inputs: {}, inputsFrom: 'person', steps: {}, item, workspace: { folder: '/work' } };
}

describe('where a program of a step runs', () => {
  it("is the chain's folder, or the one that the author names", async () => {
    const folder = temporaryFolder();
    expect(await stepFolder(undefined, folder, scope('x'))).toBe(folder);
    expect(await stepFolder('packages/a', folder, scope('x'))).toBe(join(folder, 'packages/a'));
    expect(await stepFolder('/tmp', folder, scope('x'))).toBe('/tmp');
  });

  it('is never led out of that folder by a value', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'packages/a'), { recursive: true });
    symlinkSync(temporaryFolder(), join(folder, 'out'));
    expect(await stepFolder('${{ item }}', folder, scope('packages/a'))).toBe(join(folder, 'packages/a'));
    for (const item of ['..', '/etc', 'packages/../..', 'out']) {
      await expect(
        stepFolder('./${{ item }}', folder, scope(item === '/etc' ? '../../etc' : item)),
      ).rejects.toThrowError(/leads out/);
      await expect(stepFolder('${{ item }}', folder, scope(item))).rejects.toMatchObject({ reason: 'unusableValue' });
    }
  });
});
