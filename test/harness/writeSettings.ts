import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { quietSettings } from './quietSettings.ts';

/**
 * Writes the quiet settings and these as the user's and as the machine's: a served VS Code takes settings of machine
 * scope, such as paths of programs, only from the latter.
 */
export function writeSettings(dataFolder: string, settings: Readonly<Record<string, unknown>>): void {
  for (const scope of ['User', 'Machine']) {
    mkdirSync(path.join(dataFolder, scope), { recursive: true });
    const text = JSON.stringify({ ...quietSettings, ...settings }, undefined, 2);
    writeFileSync(path.join(dataFolder, scope, 'settings.json'), text);
  }
}
