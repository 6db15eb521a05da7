import { statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../test/harness/toolchain.ts';
import { type Figure, megabytes } from './report.ts';

const BUDGETS = [
  { name: 'extension bundles, without native code', files: ['dist/extension.js', 'dist/panel.js'], limit: 1_000_000 },
  { name: 'VSIX of one platform', files: ['.cache/package/claude-control-panel.vsix'], limit: 5_000_000 },
];

export async function sizes(): Promise<readonly Figure[]> {
  return BUDGETS.map(({ name, files, limit }) => {
    const size = files.reduce((sum, file) => sum + statSync(path.join(projectRoot, file)).size, 0);
    return {
      name,
      measured: megabytes(size),
      reference: `under ${megabytes(limit)}`,
      ratio: `${(size / limit).toFixed(2)}x`,
    };
  });
}
