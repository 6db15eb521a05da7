import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export function scratchFolder(): { readonly folder: string; remove(): void } {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'panel-bench-')));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
