import process from 'node:process';

/** Node's `process.platform-process.arch`, for example `linux-x64`. */
export const PLATFORM = `${process.platform}-${process.arch}`;

/** `glibc` or `musl` on Linux, undefined elsewhere. */
export function libc() {
  if (process.platform !== 'linux') return undefined;
  const report = process.report?.getReport();
  const header = /** @type {{header?: {glibcVersionRuntime?: string}}} */ (report)?.header;
  return header?.glibcVersionRuntime ? 'glibc' : 'musl';
}

/** The platform's name in better-sqlite3's prebuilt files. */
export function prebuildName() {
  return libc() === 'musl' ? `linuxmusl-${process.arch}` : PLATFORM;
}

/** @param {string} version as in `process.versions.node` @returns {[number, number]} */
export function majorMinor(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}
