import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { folderMissing } from '../core/tasks/taskErrors.ts';

const DATA_FOLDER = '.claude-panel';

/**
 * The workspace that a folder belongs to: the nearest folder at or above it with `.claude-panel`, else the root of its
 * git repository, else the folder itself.
 * @throws TaskError `folderMissing`.
 */
export function findWorkspace(folder: string): string {
  if (!isFolder(folder)) {
    throw folderMissing(folder);
  }
  return nearestAbove(folder, DATA_FOLDER) ?? nearestAbove(folder, '.git') ?? folder;
}

/** False when the control panel never stored anything there. */
export function hasPanelData(workspace: string): boolean {
  return existsSync(path.join(workspace, DATA_FOLDER, 'panel.db'));
}

function nearestAbove(folder: string, name: string): string | undefined {
  for (let place = folder; ; place = path.dirname(place)) {
    if (existsSync(path.join(place, name))) {
      return place;
    }
    if (path.dirname(place) === place) {
      return undefined;
    }
  }
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}
