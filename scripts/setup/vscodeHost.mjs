import { copyFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Unavailable } from './failure.mjs';
import { installNode24 } from './node.mjs';
import { npm } from './npm.mjs';
import { installPiece } from './piece.mjs';
import { PLATFORM } from './platform.mjs';
import { sayUnlessQuiet } from './progress.mjs';

const SHIM = fileURLToPath(new URL('./spdlogShim.cjs', import.meta.url));
const RECIPE = fileURLToPath(import.meta.url);

/** Extensions and packages that neither the tests nor the panel need; they are two thirds of the size. */
const UNUSED_EXTENSIONS = [
  'copilot',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'tunnel-forwarding',
];
const UNUSED_PACKAGES = [
  '@devcontainers',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/sandbox-runtime',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'cpu-features',
  'kerberos',
  'ssh2',
];

/** VS Code served in a browser. @returns {Promise<{node: string, entry: string}>} */
export async function installVscodeHost() {
  if (process.platform === 'win32') {
    throw new Unavailable('VS Code cannot be served in a browser on Windows (code-server does not support it)');
  }
  const node = await installNode24();
  const folder = await installPiece('vscode-host', 'VS Code host', finishInstallation, [SHIM, RECIPE]);
  return { node, entry: path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js') };
}

/** What code-server's own postinstall does, without a compiler. @param {string} folder */
async function finishInstallation(folder) {
  const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  sayUnlessQuiet('set-up: VS Code host: its own packages');
  // Not `npm ci`: the package's shrinkwrap and its package.json disagree. The shrinkwrap pins every version.
  await npm(vscode, ['install', '--omit=dev', '--omit=optional', '--ignore-scripts', '--no-save']);
  replaceNativeModules(vscode);
  linkScripts(vscode);
  prune(vscode);
}

/** @param {string} vscode */
function replaceNativeModules(vscode) {
  const packages = path.join(vscode, 'node_modules', '@vscode');
  copyFileSync(SHIM, path.join(packages, 'spdlog', 'index.js'));
  // The extension host also polls its parent itself; without this file its log begins with an error.
  writeFileSync(path.join(packages, 'native-watchdog', 'index.js'), "'use strict';\nexports.start = () => {};\n");
}

/** @param {string} vscode */
function linkScripts(vscode) {
  const system = process.platform === 'darwin' ? 'darwin' : 'linux';
  for (const [folder, source, name] of [
    ['remote-cli', `code-${system}.sh`, 'code-server'],
    ['helpers', `browser-${system}.sh`, 'browser.sh'],
  ]) {
    const link = path.join(vscode, 'bin', String(folder), String(name));
    rmSync(link, { force: true });
    symlinkSync(String(source), link);
  }
}

/** @param {string} vscode */
function prune(vscode) {
  const remove = (/** @type {string[]} */ ...parts) =>
    rmSync(path.join(vscode, ...parts), { recursive: true, force: true });
  for (const name of UNUSED_EXTENSIONS) remove('extensions', name);
  for (const name of UNUSED_PACKAGES) remove('node_modules', ...name.split('/'));
  const terminal = path.join('node_modules', 'node-pty');
  for (const name of readdirSync(path.join(vscode, terminal, 'prebuilds'))) {
    if (name !== PLATFORM) remove(terminal, 'prebuilds', name);
  }
  for (const name of ['third_party', 'deps']) remove(terminal, name);
  for (const file of readdirSync(vscode, { recursive: true })) {
    if (String(file).endsWith('.map')) remove(String(file));
  }
}
