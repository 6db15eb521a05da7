import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { findOnPath } from './findOnPath.mjs';

const LINUX_PROGRAMS = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];
/** Where they are even when PATH is short. */
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const MAC_PROGRAMS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/** Chrome, Chromium and Edge where this system keeps them, the best first. @returns {string[]} */
export function installedBrowsers() {
  const chosen = process.env.CLAUDE_PANEL_BROWSER;
  return [...(chosen ? [chosen] : []), ...systemBrowsers()].filter(program => existsSync(program));
}

/** @returns {string[]} */
function systemBrowsers() {
  if (process.platform === 'darwin') {
    const folders = ['/Applications', path.join(process.env.HOME ?? '/', 'Applications')];
    return MAC_PROGRAMS.flatMap(program => folders.map(folder => path.join(folder, program)));
  }
  if (process.platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(name => process.env[name]);
    return WINDOWS_PROGRAMS.flatMap(program => folders.map(folder => (folder ? path.join(folder, program) : '')));
  }
  return LINUX_PROGRAMS.map(name => findOnPath(name, LINUX_FOLDERS) ?? '');
}
