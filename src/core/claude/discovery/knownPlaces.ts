import { posix, win32 } from 'node:path';
import type { Environment } from '../claudeEnvironment.ts';

/** A folder, or all folders below one: the newest version first. */
export interface KnownPlace {
  readonly folder: string;
  /** Look at `folder/<every entry>/below` in place of the folder itself. */
  readonly below?: string;
}

/** Where installers put the program, when it is not on PATH: an editor started from a dock has a short one. */
export function knownPlaces(home: string, environment: Environment, platform: NodeJS.Platform): readonly KnownPlace[] {
  return platform === 'win32' ? windowsPlaces(home, environment) : posixPlaces(home, environment, platform);
}

function posixPlaces(home: string, environment: Environment, platform: NodeJS.Platform): readonly KnownPlace[] {
  const at = (...parts: string[]): KnownPlace => ({ folder: posix.join(home, ...parts) });
  const { NPM_CONFIG_PREFIX: prefix, npm_config_prefix: lowerPrefix } = environment;
  const prefixes = [prefix, lowerPrefix].filter(folder => folder !== undefined && posix.isAbsolute(folder)) as string[];
  return [
    at('.local', 'bin'),
    at('.claude', 'local'),
    at('.claude', 'local', 'node_modules', '.bin'),
    ...prefixes.map(folder => ({ folder: posix.join(folder, 'bin') })),
    at('.npm-global', 'bin'),
    at('.bun', 'bin'),
    at('.volta', 'bin'),
    at('.yarn', 'bin'),
    at(...(platform === 'darwin' ? ['Library', 'pnpm'] : ['.local', 'share', 'pnpm'])),
    ...['/opt/homebrew/bin', '/usr/local/bin', '/home/linuxbrew/.linuxbrew/bin', '/usr/bin', '/snap/bin'].map(
      folder => ({
        folder,
      }),
    ),
    { folder: posix.join(home, '.nvm', 'versions', 'node'), below: 'bin' },
    { folder: posix.join(home, '.local', 'share', 'fnm', 'node-versions'), below: 'installation/bin' },
    at('.asdf', 'shims'),
    at('.local', 'share', 'mise', 'shims'),
    at('.nix-profile', 'bin'),
  ];
}

function windowsPlaces(home: string, environment: Environment): readonly KnownPlace[] {
  const { APPDATA, LOCALAPPDATA, ProgramFiles } = environment;
  const below = (root: string | undefined, ...parts: string[]): KnownPlace[] =>
    root === undefined || root === '' ? [] : [{ folder: win32.join(root, ...parts) }];
  return [
    ...below(home, '.local', 'bin'),
    ...below(home, '.claude', 'local'),
    ...below(APPDATA, 'npm'),
    ...below(LOCALAPPDATA, 'Microsoft', 'WinGet', 'Links'),
    ...below(LOCALAPPDATA, 'pnpm'),
    ...below(LOCALAPPDATA, 'Volta', 'bin'),
    ...below(home, '.bun', 'bin'),
    ...below(home, 'scoop', 'shims'),
    ...below(ProgramFiles, 'nodejs'),
  ];
}
