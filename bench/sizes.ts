import { statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../test/harness/toolchain.ts';
import { type Figure, megabytes } from './report.ts';

const BUDGETS = [
  { name: 'extension bundle, without native code', file: 'dist/extension.js', limit: 1_000_000 },
  { name: 'VSIX of one platform', file: '.cache/package/claude-control-panel.vsix', limit: 5_000_000 },
];

export async function sizes(): Promise<readonly Figure[]> {
  return BUDGETS.map(({ name, file, limit }) => {
    const { size } = statSync(path.join(projectRoot, file));
    return {
      name,
      measured: megabytes(size),
      reference: `under ${megabytes(limit)}`,
      ratio: `${(size / limit).toFixed(2)}x`,
    };
  });
}
