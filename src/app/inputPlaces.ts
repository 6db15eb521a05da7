import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { badInputs } from '../core/catalog/catalogErrors.ts';
import type { CatalogCommand, InputValues } from '../core/catalog/command.ts';
import type { CommandInput } from '../core/catalog/commandSchema.ts';
import { findProgram } from '../core/process/programsOnPath.ts';
import { runTool } from '../core/process/toolRun.ts';
import { folderOf } from './folderOf.ts';

const TIMEOUT_MS = 10_000;

interface Place {
  /** Where the command runs; paths are relative to it. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What no person typed stays inside of the folder. */
  readonly inputsFrom: 'person' | 'elsewhere';
}

/**
 * Looks whether the files, folders and git refs among the inputs are there.
 * @throws CatalogError `badInputs`, which names every input that is not
 */
export async function checkInputPlaces(
  { fullName, inputs }: Pick<CatalogCommand, 'fullName' | 'inputs'>,
  values: InputValues,
  place: Place,
): Promise<void> {
  const problems = await Promise.all(
    inputs.map(async input => {
      const value = values[input.name];
      const why = typeof value === 'string' && value !== '' ? await placeProblem(input, value, place) : undefined;
      return why === undefined ? [] : [`The input "${input.name}" ${why}`];
    }),
  );
  if (problems.flat().length > 0) {
    throw badInputs(fullName, problems.flat());
  }
}

async function placeProblem({ type }: CommandInput, value: string, place: Place): Promise<string | undefined> {
  switch (type) {
    case 'file':
    case 'folder':
      return pathProblem(type, value, place);
    case 'gitRef':
      return refProblem(value, place);
    default:
      return undefined;
  }
}

async function pathProblem(
  type: 'file' | 'folder',
  value: string,
  { folder, inputsFrom }: Place,
): Promise<string | undefined> {
  const wanted = path.resolve(folder, value);
  const found = await stat(wanted).catch(() => undefined);
  if (found === undefined || (type === 'file' ? !found.isFile() : !found.isDirectory())) {
    return `names no ${type} that is there: ${value}`;
  }
  const [inside, real] = await Promise.all([realpath(folder), realpath(wanted)]);
  return inputsFrom === 'elsewhere' && folderOf(real, [inside]) === undefined
    ? `must lie in the folder of the workspace: ${value}`
    : undefined;
}

/** Without git nothing is said here: the step that needs it will. */
async function refProblem(value: string, { folder, environment }: Place): Promise<string | undefined> {
  const git = await findProgram('git', environment);
  if (git === undefined) {
    return undefined;
  }
  const run = await runTool(git, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${value}^{commit}`], {
    cwd: folder,
    environment: { ...environment, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    timeoutMs: TIMEOUT_MS,
    signal: new AbortController().signal,
  });
  return run.state === 'ended' && run.code !== 0 ? `names no branch, tag or commit that is there: ${value}` : undefined;
}
