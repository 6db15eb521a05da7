import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { npm } from './npm.mjs';
import { NODE_MODULES, ROOT } from './paths.mjs';
import { libc } from './platform.mjs';
import { step } from './progress.mjs';

/**
 * @typedef {{version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[]}} LockedPackage
 */

/** @typedef {{platform: string, arch: string, libc: string | undefined}} Machine */

/** Installs the npm dependencies when what is installed is not what the lock file says. */
export async function installDependencies() {
  if (dependenciesAreInstalled()) return;
  // Scripts are not needed: every native part comes prebuilt in a package of its own.
  await step('npm dependencies', () => npm(ROOT, ['ci', '--ignore-scripts', '--include=dev', '--include=optional']));
}

/** Compares the lock file with the record that npm leaves in node_modules at the very end of an installation. */
export function dependenciesAreInstalled() {
  const record = path.join(NODE_MODULES, '.package-lock.json');
  if (!existsSync(record)) return false;
  const machine = { platform: process.platform, arch: process.arch, libc: libc() };
  return agrees(readPackages(path.join(ROOT, 'package-lock.json')), readPackages(record), machine);
}

/**
 * Whether what is installed is what the lock file wants on this machine.
 * @param {Record<string, LockedPackage>} wanted
 * @param {Record<string, LockedPackage>} installed
 * @param {Machine} machine
 */
export function agrees(wanted, installed, machine) {
  return Object.entries(wanted).every(([place, want]) => {
    if (place === '') return true;
    const have = installed[place];
    if (have) return have.version === want.version && have.integrity === want.integrity;
    return want.optional === true && !isFor(machine, want);
  });
}

/** @param {string} file @returns {Record<string, LockedPackage>} */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/**
 * Optional packages that name no platform are the parts of one that does, so they prove nothing.
 * @param {Machine} machine
 * @param {LockedPackage} want
 */
function isFor({ platform, arch, libc: library }, want) {
  const fits = (/** @type {string[] | undefined} */ list, /** @type {string | undefined} */ value) =>
    !list || (value !== undefined && list.includes(value));
  return Boolean(want.os) && fits(want.os, platform) && fits(want.cpu, arch) && fits(want.libc, library);
}
