import path from 'node:path';
import { execa } from 'execa';
import { CheckpointError, gitFailed, gitMissing } from '../checkpointsErrors.ts';
import { STORE_CONFIG } from './storeConfig.ts';

const TIMEOUT_MS = 10 * 60_000;
const MAX_BYTES = 1024 * 1024 * 1024;
const ERROR_TAIL = 2000;

interface GitCall {
  readonly args: readonly string[];
  /** What it does, to complete "git failed to …". */
  readonly action: string;
  readonly signal?: AbortSignal | undefined;
  readonly input?: Uint8Array | string | AsyncIterable<Uint8Array | string>;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs git on a directory of our own. Nothing of the user's or the repository's configuration takes part: no hooks, no
 * filters, no file system monitor, no transports; and nothing of the environment but what a program needs to run.
 */
export class GitProgram {
  readonly #file: () => Promise<string | undefined>;
  readonly #directory: string;
  readonly #environment: Readonly<Record<string, string>>;

  /** @param file the full path of git, as far as there is one  @param directory of the store */
  constructor(file: () => Promise<string | undefined>, directory: string, environment: NodeJS.ProcessEnv) {
    this.#file = file;
    this.#directory = directory;
    this.#environment = {
      ...bareEnvironment(environment, directory),
      GIT_DIR: directory,
      // Said, so that no file in the directory can say otherwise.
      GIT_COMMON_DIR: directory,
      GIT_OBJECT_DIRECTORY: path.join(directory, 'objects'),
    };
  }

  /** Resolves with what it wrote. @throws CheckpointError `gitFailed`, `gitMissing` */
  async run({ args, action, signal, input, cwd, environment }: GitCall): Promise<Buffer> {
    const file = await this.#file();
    if (file === undefined) {
      throw gitMissing();
    }
    const options = STORE_CONFIG.flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const result = await execa(file, [...options, ...args], {
      cwd: cwd ?? path.dirname(this.#directory),
      env: { ...this.#environment, ...environment },
      extendEnv: false,
      encoding: 'buffer',
      reject: false,
      stripFinalNewline: false,
      timeout: TIMEOUT_MS,
      maxBuffer: MAX_BYTES,
      ...(signal === undefined ? {} : { cancelSignal: signal }),
      ...inputOption(input),
    });
    signal?.throwIfAborted();
    if (result.failed) {
      throw 'code' in result && result.code === 'ENOENT'
        ? gitMissing()
        : gitFailed(action, Buffer.from(result.stderr).toString('utf8').slice(-ERROR_TAIL).trim(), result);
    }
    return Buffer.from(result.stdout.buffer, result.stdout.byteOffset, result.stdout.byteLength);
  }

  /** As {@link run}, but undefined when git says no. */
  async tryRun(call: GitCall): Promise<Buffer | undefined> {
    try {
      return await this.run(call);
    } catch (error) {
      if (error instanceof CheckpointError && error.reason === 'gitFailed') {
        return undefined;
      }
      throw error;
    }
  }
}

function inputOption(input: GitCall['input']) {
  if (input === undefined) {
    return { stdin: 'ignore' } as const;
  }
  return typeof input === 'string' || input instanceof Uint8Array ? { input } : { stdin: input };
}

const KEPT = ['PATH', 'SYSTEMROOT', 'WINDIR', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];

function bareEnvironment(environment: NodeJS.ProcessEnv, home: string): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => KEPT.includes(name.toUpperCase()));
  const nothing = process.platform === 'win32' ? 'NUL' : '/dev/null';
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    // An older git knows only these ways to be kept from the user's settings.
    HOME: home,
    XDG_CONFIG_HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: nothing,
    GIT_CONFIG_SYSTEM: nothing,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_DEFAULT_HASH: 'sha1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // No transport is called that: whatever a planted configuration says, nothing is fetched.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  };
}
