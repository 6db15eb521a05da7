import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
/** What set-up installs beside the npm dependencies; safe to delete. */
export const TOOLCHAIN = path.join(ROOT, '.toolchain');
/** What commands produce and may reuse; safe to delete. */
export const CACHE = path.join(ROOT, '.cache');
export const NODE_MODULES = path.join(ROOT, 'node_modules');

/**
 * The JavaScript file behind a dependency's program, so that it can be started with a chosen Node on any platform.
 * @param {string} name package name
 * @param {string} file path inside the package
 */
export function packageFile(name, file) {
  return path.join(NODE_MODULES, ...name.split('/'), ...file.split('/'));
}
