import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { CACHE, packageFile, ROOT } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { fingerprint, isInstalled, markInstalled } from '../setup/stamp.mjs';

const SOURCE = path.join(ROOT, 'scripts', 'start', 'opener');

/** The small extension that shows the panel when the window opens. @param {string} node @returns {Promise<string>} */
export async function buildOpener(node) {
  const folder = path.join(CACHE, 'opener');
  const file = path.join(folder, 'opener.vsix');
  const wanted = fingerprint(['package.json', 'extension.cjs'].map(name => path.join(SOURCE, name)));
  if (isInstalled(folder, wanted)) return file;
  mkdirSync(folder, { recursive: true });
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  await run(node, [packageFile('@vscode/vsce', 'vsce'), 'package', '--out', file, ...flags], {
    title: 'packing the opener',
    cwd: SOURCE,
  });
  markInstalled(folder, wanted);
  return file;
}
