import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../test/harness/toolchain.ts';
import { type Figure, megabytes } from './report.ts';

interface Size {
  readonly name: string;
  readonly bytes: number;
  readonly budget?: number;
}

/** The extension as the last build measured it, and the package of the tests. */
export async function sizes(): Promise<readonly Figure[]> {
  const cache = path.join(projectRoot, '.cache');
  const extension = JSON.parse(readFileSync(path.join(cache, 'sizes.json'), 'utf8')) as readonly Size[];
  const vsix = statSync(path.join(cache, 'package', 'claude-control-panel.vsix')).size;
  return [...extension, { name: 'VSIX of one platform', bytes: vsix, budget: 5_000_000 }].map(figure);
}

function figure({ name, bytes, budget }: Size): Figure {
  return {
    name,
    measured: megabytes(bytes),
    reference: budget === undefined ? '' : `under ${megabytes(budget)}`,
    ratio: budget === undefined ? '' : `${(bytes / budget).toFixed(2)}x`,
  };
}
