import { constants } from 'node:fs';
import { access, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { arch, homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { captureOutput } from '../process/captureOutput.ts';
import { foldersOnPath, programNames } from '../process/programsOnPath.ts';
import { cleanEnvironment, type Environment, withFoldersOnPath } from './claudeEnvironment.ts';
import {
  claudeIncomplete,
  claudeNotExecutable,
  claudeNotFound,
  claudeTooOld,
  claudeVersionUnknown,
} from './claudeErrors.ts';
import { type ClaudeVersion, compareVersions, formatVersion, MINIMUM_VERSION, parseVersion } from './claudeVersion.ts';
import { targetOfShim } from './discovery/commandShim.ts';
import { type KnownPlace, knownPlaces } from './discovery/knownPlaces.ts';
import { isStub, nativePackages } from './discovery/nativePackage.ts';

const VERSION_TIMEOUT_MS = 20_000;

interface CliSearch {
  /** What the user has set: a path, or a name to be found on PATH. */
  readonly chosen?: string;
  readonly environment: Environment;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
  /** What a relative `chosen` is relative to. */
  readonly cwd?: string;
}

/** How to start Claude Code. */
export interface ClaudeProgram {
  readonly file: string;
  /** Come before all others: the script, when `file` is Node. */
  readonly args: readonly string[];
  /** What was found, for people. */
  readonly path: string;
  readonly foundBy: 'setting' | 'path' | 'knownPlace';
  /** Folders that the program may need on its PATH. */
  readonly folders: readonly string[];
}

/**
 * Finds Claude Code: where the user says, on PATH, then where installers put it.
 * @throws ClaudeError `notFound`, `notExecutable` or `incompleteInstall`.
 */
export async function findClaude(search: CliSearch): Promise<ClaudeProgram> {
  const { environment, platform = process.platform, home = homedir() } = search;
  const onPath = foldersOnPath(environment, platform);
  const chosen = search.chosen?.trim() ?? '';
  if (chosen !== '') {
    return findChosen(chosen, { ...search, platform, home });
  }
  const places = (await Promise.all(knownPlaces(home, environment, platform).map(expand))).flat();
  const names = programNames(platform);
  const file = (await firstFile(onPath, names)) ?? (await firstFile(places, names));
  if (file === undefined) {
    throw claudeNotFound(['PATH', ...places]);
  }
  return toProgram(file, onPath.includes(dirname(file)) ? 'path' : 'knownPlace', { platform, onPath });
}

type FullSearch = CliSearch & { readonly platform: NodeJS.Platform; readonly home: string };

async function findChosen(chosen: string, { environment, platform, home, cwd }: FullSearch): Promise<ClaudeProgram> {
  const onPath = foldersOnPath(environment, platform);
  const expanded = chosen === '~' || /^~[\\/]/.test(chosen) ? join(home, chosen.slice(1)) : chosen;
  const isName = basename(expanded) === expanded;
  const names = [expanded, ...programNames(platform, expanded)];
  const file = isName
    ? await firstFile(onPath, names)
    : await firstFile([dirname(resolve(cwd ?? home, expanded))], programNamesFor(basename(expanded), platform));
  if (file === undefined) {
    throw claudeNotFound([], chosen);
  }
  return toProgram(file, 'setting', { platform, onPath });
}

/** On Windows the ending may be left out. */
function programNamesFor(name: string, platform: NodeJS.Platform): readonly string[] {
  return platform === 'win32' ? [name, ...programNames(platform, name)] : [name];
}

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly onPath: readonly string[];
}

async function toProgram(file: string, foundBy: ClaudeProgram['foundBy'], machine: Machine): Promise<ClaudeProgram> {
  const folders = [...new Set([dirname(file), dirname(await realpath(file))])];
  const common = { path: file, foundBy, folders };
  if (machine.platform === 'win32' && /\.(cmd|bat)$/i.test(file)) {
    const target = targetOfShim(await readFile(file, 'utf8'), dirname(file));
    if (target === undefined || !(await isFile(target))) {
      return { file, args: [], ...common };
    }
    return { ...(await startOf(target, machine, dirname(file))), ...common };
  }
  return { ...(await startOf(file, machine, dirname(file))), ...common };
}

/** The program itself, and Node before a script. */
async function startOf(
  file: string,
  { platform, onPath }: Machine,
  beside: string,
): Promise<{ file: string; args: readonly string[] }> {
  const real = await realpath(file);
  const { size } = await stat(real);
  if (isStub(real, size)) {
    const native = await firstExisting(nativePackages(real, platform, arch()));
    if (native === undefined) {
      throw claudeIncomplete(file);
    }
    return { file: native, args: [] };
  }
  if (/\.[cm]?js$/i.test(real) && (platform === 'win32' || !(await canRun(file)))) {
    const node = (await firstFile([beside, ...onPath], programNames(platform, 'node'))) ?? 'node';
    return { file: node, args: [file] };
  }
  if (platform !== 'win32' && !(await canRun(file))) {
    throw claudeNotExecutable(file);
  }
  return { file, args: [] };
}

/** Asks programs for their version, each only once as long as its file stays the same. */
export class ClaudeVersionReader {
  readonly #known = new Map<string, Promise<ClaudeVersion>>();

  /** @throws ClaudeError `tooOld`, `unknownVersion` or `notExecutable`. */
  async read(program: ClaudeProgram, environment: Environment): Promise<ClaudeVersion> {
    const key = await fingerprint(program);
    const known = this.#known.get(key) ?? askVersion(program, environment);
    this.#known.set(key, known);
    try {
      return await known;
    } catch (error) {
      // A program that could not answer once may do so later.
      this.#known.delete(key);
      throw error;
    }
  }
}

async function fingerprint({ file, args }: ClaudeProgram): Promise<string> {
  const parts = await Promise.all(
    [file, ...args].filter(isAbsolute).map(async path => {
      const { mtimeMs, size } = await stat(path);
      return `${await realpath(path)} ${mtimeMs} ${size}`;
    }),
  );
  return [file, ...args, ...parts].join('\n');
}

async function askVersion(program: ClaudeProgram, environment: Environment): Promise<ClaudeVersion> {
  let output: string;
  try {
    output = await captureOutput(program.file, [...program.args, '--version'], {
      environment: withFoldersOnPath(cleanEnvironment(environment), program.folders),
      timeoutMs: VERSION_TIMEOUT_MS,
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'ENOEXEC' || code === 'EPERM') {
      throw claudeNotExecutable(program.path, error);
    }
    throw claudeVersionUnknown(program.path, whyNoVersion(error), error);
  }
  const version = parseVersion(output);
  if (version === undefined) {
    throw claudeVersionUnknown(program.path, `It answered: ${output.trim().slice(0, 200) || 'nothing'}`);
  }
  if (compareVersions(version, MINIMUM_VERSION) < 0) {
    throw claudeTooOld(formatVersion(version), formatVersion(MINIMUM_VERSION));
  }
  return version;
}

function whyNoVersion(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  const message = error instanceof Error && 'shortMessage' in error ? String(error.shortMessage) : String(error);
  return stderr === '' ? message : stderr.slice(-1000);
}

async function expand({ folder, below }: KnownPlace): Promise<readonly string[]> {
  if (below === undefined) {
    return [folder];
  }
  const entries = await readdir(folder).catch(() => []);
  const newestFirst = entries.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return newestFirst.map(entry => join(folder, entry, below));
}

async function firstFile(folders: readonly string[], names: readonly string[]): Promise<string | undefined> {
  return firstExisting(folders.flatMap(folder => names.map(name => join(folder, name))));
}

async function firstExisting(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await isFile(path)) {
      return path;
    }
  }
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
