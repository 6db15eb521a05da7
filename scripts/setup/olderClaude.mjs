import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { Unavailable } from './failure.mjs';
import { ROOT } from './paths.mjs';
import { installPiece } from './piece.mjs';

const MANIFEST = path.join(ROOT, 'scripts', 'toolchain', 'older-claude', 'package.json');

/** The older Claude Codes that the contract tests run, each a script for Node. @returns {Promise<Record<string, string>>} */
export async function installOlderClaude() {
  const folder = await installPiece('older-claude', 'older Claude Codes (about 65 MB on disk)', async installed => {
    for (const { name } of versions()) prune(path.join(installed, 'node_modules', name, 'vendor'));
  });
  return Object.fromEntries(
    versions().map(({ name, version }) => {
      const script = path.join(folder, 'node_modules', name, 'cli.js');
      if (!existsSync(script)) throw new Unavailable(`Claude Code ${version} has no script`);
      return [version, script];
    }),
  );
}

/** The manifest names each one `claude-VERSION`. */
function versions() {
  const { dependencies } = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  return Object.keys(dependencies).map(name => ({ name, version: name.slice('claude-'.length) }));
}

/** Plug-ins for other editors, and the search program of every other platform. @param {string} vendor */
function prune(vendor) {
  rmSync(path.join(vendor, 'claude-code-jetbrains-plugin'), { recursive: true, force: true });
  const search = path.join(vendor, 'ripgrep');
  const own = `${process.arch}-${process.platform}`;
  for (const entry of existsSync(search) ? readdirSync(search, { withFileTypes: true }) : []) {
    if (entry.isDirectory() && entry.name !== own) rmSync(path.join(search, entry.name), { recursive: true });
  }
}
