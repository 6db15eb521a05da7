import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @type {Record<string, unknown>} */
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
};

/**
 * Settings for the window that `npm start` opens; what the user changes there is kept.
 * @param {string} dataFolder
 * @param {string | undefined} claude a Claude Code to use because the user has none
 */
export function writeStartSettings(dataFolder, claude) {
  // A served VS Code takes settings of machine scope, such as paths of programs, only from the machine's file.
  for (const scope of ['User', 'Machine']) {
    const file = path.join(dataFolder, scope, 'settings.json');
    mkdirSync(path.dirname(file), { recursive: true });
    const kept = existsSync(file) ? readSettings(file) : QUIET;
    if (!kept) continue;
    const { 'claudePanel.claudePath': _previous, ...others } = kept;
    const settings = claude ? { ...others, 'claudePanel.claudePath': claude } : others;
    writeFileSync(file, `${JSON.stringify(settings, undefined, 2)}\n`);
  }
}

/** @param {string} file @returns {Record<string, unknown> | undefined} undefined when the user wrote comments into it */
function readSettings(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
