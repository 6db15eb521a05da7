import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { CommandFailed } from '../setup/failure.mjs';
import { findOnPath } from '../setup/findOnPath.mjs';
import { CACHE, ROOT } from '../setup/paths.mjs';
import { majorMinor } from '../setup/platform.mjs';
import { say } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { runUntilStopped } from './runUntilStopped.mjs';
import { writeStartSettings } from './settings.mjs';

const OPENER = path.join(ROOT, 'scripts', 'start', 'opener');

/**
 * Desktop VS Code's command, when it can open a window here and is new enough.
 * @returns {Promise<string | undefined>}
 */
export async function findDesktop() {
  const code = findOnPath('code', usualFolders());
  if (!code || !canOpenWindows(code)) return undefined;
  const [wanted] =
    /\d+\.\d+/.exec(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).engines.vscode) ?? [];
  try {
    const [version = ''] = (await run(code, ['--version'], { title: 'code --version', timeoutMs: 30_000 })).split('\n');
    if (isAtLeast(version, wanted ?? '0.0')) return code;
    say(`VS Code ${version} is installed; this extension needs ${wanted} or newer.`);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    say(`The installed VS Code does not answer: ${error.message}`);
  }
  return undefined;
}

/** VS Code's own folders: on macOS and Windows it is often installed without being on PATH. */
function usualFolders() {
  const folders =
    process.platform === 'darwin'
      ? ['/Applications', path.join(os.homedir(), 'Applications')].map(place =>
          path.join(place, 'Visual Studio Code.app', 'Contents', 'Resources', 'app', 'bin'),
        )
      : [path.join(process.env.LOCALAPPDATA ?? '', 'Programs'), process.env.PROGRAMFILES ?? ''].map(place =>
          path.join(place, 'Microsoft VS Code', 'bin'),
        );
  return process.platform === 'linux' ? [] : folders;
}

/** @param {string} version @param {string} wanted */
function isAtLeast(version, wanted) {
  const [major, minor] = majorMinor(version);
  const [wantedMajor, wantedMinor] = majorMinor(wanted);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** A terminal inside a served or remote VS Code has a `code` that only talks to that window. @param {string} code */
function canOpenWindows(code) {
  if (process.platform !== 'linux') return true;
  const remote = code.includes('remote-cli') || Boolean(process.env.VSCODE_IPC_HOOK_CLI) || code.startsWith('/mnt/');
  return !remote && Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Opens the panel in a window of its own, with settings and extensions of its own, until it is closed.
 * @param {string} code
 * @param {{workspace: string, claude: string | undefined, environment: NodeJS.ProcessEnv, node: string}} options
 */
export function openDesktop(code, { workspace, claude, environment, node }) {
  const folder = path.join(CACHE, 'start', 'desktop');
  const extensions = path.join(folder, 'extensions');
  mkdirSync(extensions, { recursive: true });
  writeStartSettings(path.join(folder, 'data'), claude);
  const args = [
    '--wait',
    '--new-window',
    '--disable-workspace-trust',
    `--user-data-dir=${path.join(folder, 'data')}`,
    `--extensions-dir=${extensions}`,
    `--extensionDevelopmentPath=${ROOT}`,
    ...(existsSync(OPENER) ? [`--extensionDevelopmentPath=${OPENER}`] : []),
    workspace,
  ];
  say('Opening the panel in VS Code. Close the window, or press Ctrl+C here, to stop.');
  return runUntilStopped(node, code, args, environment);
}
