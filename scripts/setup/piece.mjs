import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';
import { ROOT, TOOLCHAIN } from './paths.mjs';
import { PLATFORM } from './platform.mjs';
import { step } from './progress.mjs';
import { fingerprint, isInstalled, markInstalled } from './stamp.mjs';

/**
 * Installs one piece of the toolchain from its own pinned manifest, once.
 * @param {string} name folder in scripts/toolchain and in .toolchain
 * @param {string} title
 * @param {(folder: string) => Promise<void>} [finish] work after the installation
 * @param {readonly string[]} [finishedBy] files that decide what `finish` does
 * @returns {Promise<string>} the folder
 */
export async function installPiece(name, title, finish, finishedBy = []) {
  const source = path.join(ROOT, 'scripts', 'toolchain', name);
  const folder = path.join(TOOLCHAIN, name);
  const manifests = ['package.json', 'package-lock.json'];
  const wanted = fingerprint([...manifests.map(file => path.join(source, file)), ...finishedBy], [PLATFORM]);
  if (isInstalled(folder, wanted)) return folder;
  await step(title, async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const file of manifests) cpSync(path.join(source, file), path.join(folder, file));
    await npm(folder, ['ci', '--ignore-scripts', '--omit=dev', '--include=optional']);
    await finish?.(folder);
    markInstalled(folder, wanted);
  });
  return folder;
}
