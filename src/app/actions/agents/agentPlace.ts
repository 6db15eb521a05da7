import { lstat, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newUuid } from '../../../base/ids.ts';
import { isInside } from '../../../core/validation/workspaceText.ts';
import { agentNotWritable, placeOutside } from './agentErrors.ts';

/** The text of the agent's file as it is now, if it is there. @throws AgentError `placeOutside` */
export async function readAgent(folder: string, file: string): Promise<string | undefined> {
  await refuseWayOut(folder, file);
  return readFile(path.join(folder, file), 'utf8').catch(() => undefined);
}

/** Puts the whole file into its place at once. @throws AgentError `placeOutside` or `notWritable` */
export async function writeAgentFile(folder: string, file: string, text: string): Promise<void> {
  await refuseWayOut(folder, file);
  const place = path.join(folder, file);
  // A name that nobody can have put a link at.
  const half = `${place}.${newUuid()}.writing`;
  try {
    await mkdir(path.dirname(place), { recursive: true });
    await refuseWayOut(folder, file);
    await writeFile(half, text, { flag: 'wx' });
    await rename(half, place);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw agentNotWritable(file, error);
  }
}

async function refuseWayOut(folder: string, file: string): Promise<void> {
  const root = await realpath(folder);
  let place = folder;
  for (const part of file.split('/')) {
    place = path.join(place, part);
    const found = await lstat(place).catch(() => undefined);
    if (found === undefined) {
      return;
    }
    const real = await realpath(place).catch(() => undefined);
    if (real === undefined || !isInside(root, real)) {
      throw placeOutside(file);
    }
  }
}
