import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { folderMissing } from '../core/tasks/taskErrors.ts';

const DATA_FOLDER = '.claude-panel';

/**
 * The workspace that a folder belongs to: the nearest folder at or above it with `.claude-panel`, else the root of its
 * git repository, else the folder itself. `home`, the user's own folder of the control panel, has the same name and
 * makes no workspace: else everything below the user's home would be one.
 * @throws TaskError `folderMissing`.
 */
export function findWorkspace(folder: string, home: string): string {
  if (!isFolder(folder)) {
    throw folderMissing(folder);
  }
  const own = realPlace(home);
  return nearestAbove(folder, DATA_FOLDER, own) ?? nearestAbove(folder, '.git') ?? folder;
}

/** False when the control panel never stored anything there. */
export function hasPanelData(workspace: string): boolean {
  return existsSync(path.join(workspace, DATA_FOLDER, 'panel.db'));
}

function nearestAbove(folder: string, name: string, except?: string): string | undefined {
  for (let place = folder; ; place = path.dirname(place)) {
    const found = path.join(place, name);
    if (existsSync(found) && realPlace(found) !== except) {
      return place;
    }
    if (path.dirname(place) === place) {
      return undefined;
    }
  }
}

/** A home is often reached through a link. A place that is not there yet is what it is called. */
function realPlace(place: string): string {
  try {
    return realpathSync.native(place);
  } catch {
    return path.resolve(place);
  }
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}
