import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TASKS_VIEW_ID } from '../src/vscode/contributions/views.ts';
import { projectRoot } from '../test/harness/toolchain.ts';

export const EMPTY_EXTENSION_NAME = 'Empty extension to compare with';

/** Packs an extension that does nothing at all, so that what VS Code itself takes can be told apart. */
export function packEmptyExtension(scratch: string): string {
  const folder = path.join(scratch, 'empty-extension');
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'empty-extension',
    displayName: EMPTY_EXTENSION_NAME,
    publisher: 'claude-control-panel-bench',
    version: '1.0.0',
    license: 'MIT',
    engines: { vscode: '^1.101.0' },
    main: './extension.js',
    // At the same moment as the panel, so that VS Code is as busy.
    activationEvents: [`onView:${TASKS_VIEW_ID}`],
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'README.md'), 'It does nothing.');
  writeFileSync(path.join(folder, 'extension.js'), 'exports.activate = () => undefined;');
  const vsix = path.join(scratch, 'empty-extension.vsix');
  const vsce = path.join(projectRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
  execFileSync(
    process.execPath,
    [vsce, 'package', '--out', vsix, '--no-dependencies', '--allow-missing-repository', '--skip-license'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return vsix;
}
