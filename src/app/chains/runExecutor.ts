import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { NewId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { toFailure } from '../../base/panelError.ts';
import type { GraphStep } from '../../core/catalog/command.ts';
import type { RunStep } from '../../core/catalog/commandSchema.ts';
import { interpolateArguments, interpolateEnvironment } from '../../core/catalog/interpolation.ts';
import { badOutput, programFailed } from '../../core/chains/chainErrors.ts';
import { outputFromText } from '../../core/chains/stepOutput.ts';
import type { StepExecutor, StepOutcome, StepWork } from '../../core/chains/stepWork.ts';
import { cleanEnvironment } from '../../core/claude/claudeEnvironment.ts';
import type { ProcessTable } from '../../core/process/processIdentity.ts';
import { ProcessFamily, sweep } from '../../core/process/processTree.ts';
import { type ProcessExit, type RunningProcess, spawnProcess } from '../../core/process/spawnProcess.ts';
import { stopByLadder } from '../../core/process/stopLadder.ts';
import { secretMasker, withoutCredentials } from '../../core/security/maskedOutput.ts';
import { outputFiles } from './outputFiles.ts';
import { stepFolder } from './stepFolder.ts';
import { chainMarker, stepMarker } from './stepProcesses.ts';

interface Parts {
  readonly processes: ProcessTable;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly environment: NodeJS.ProcessEnv;
}

/** Bytes of a program's output that are held; what comes after is read and dropped. */
const MOST_BYTES = 8 * 1024 * 1024;
const LONGEST_REPORT = 200;
const NOTHING = { costUsd: 0, turns: 0 };

/** Starts a program with its arguments as a list, and gives what it printed. A shell only where the author wrote so. */
export class RunExecutor implements StepExecutor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async execute(work: StepWork): Promise<StepOutcome> {
    const { step, run, scope } = work;
    if (!('run' in step)) {
      throw new Error(`Step ${step.id} runs nothing.`);
    }
    const [file = '', ...args] = Array.isArray(step.run) ? interpolateArguments(step.run, scope) : shellWords(step.run);
    const cwd = await stepFolder(step.cwd, run.cwd, scope);
    const marker = stepMarker(this.#parts.newId());
    const chain = chainMarker(run.id);
    const environment = {
      ...cleanEnvironment(this.#parts.environment),
      ...interpolateEnvironment(step.env ?? {}, scope),
      [chain.name]: chain.value,
      [marker.name]: marker.value,
    };
    const mask = secretMasker(environment);
    const printed = new CappedBytes(MOST_BYTES);
    const running = await spawnProcess({
      file,
      args,
      cwd,
      environment,
      processes: this.#parts.processes,
      onOutput: chunk => {
        printed.add(chunk);
        work.report(mask(lastLine(chunk)).slice(0, LONGEST_REPORT));
      },
    });
    running.closeInput();
    const exit = await this.#untilEnd(running, marker, AbortSignal.any([work.signal, work.closing]));
    return exit === undefined
      ? { kind: 'stopped', ...NOTHING }
      : outcomeOf(step, { program: file, exit, printed, folder: run.cwd, mask });
  }

  /** Nothing when it was stopped; then all that it started is gone, too. */
  async #untilEnd(
    running: RunningProcess,
    marker: ReturnType<typeof stepMarker>,
    signal: AbortSignal,
  ): Promise<ProcessExit | undefined> {
    const { processes, clock } = this.#parts;
    const aborted = new Promise<undefined>(resolve => {
      if (signal.aborted) {
        resolve(undefined);
      }
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    const exit = await Promise.race([running.exited, aborted]);
    if (exit !== undefined && !signal.aborted) {
      return exit;
    }
    const family = new ProcessFamily(processes, await running.identity(), marker);
    await stopByLadder(
      {
        interrupt: () => Promise.resolve(),
        terminate: () => void running.signal('SIGTERM'),
        kill: () => running.kill(),
        sweep: () =>
          sweep(family, processes).then(
            ({ left }) => left.length,
            () => 1,
          ),
        exited: running.exited,
      },
      { clock, from: 'terminate' },
    );
    return undefined;
  }
}

interface ProgramEnd {
  readonly program: string;
  readonly exit: ProcessExit;
  readonly printed: CappedBytes;
  readonly folder: string;
  /** The log is on the disk, and what a step gave goes into prompts: no keys. */
  readonly mask: (text: string) => string;
}

async function outcomeOf(step: GraphStep & RunStep, end: ProgramEnd): Promise<StepOutcome> {
  const { exit, program, mask } = end;
  const isFine = exit.code !== null && (step.successCodes ?? [0]).includes(exit.code);
  if (!isFine) {
    const how = exit.code === null ? `was ended by ${exit.signal ?? 'a signal'}` : `ended with code ${exit.code}`;
    const failure = toFailure(programFailed(path.basename(program), how, withoutCredentials(mask(exit.stderrTail))));
    return { kind: 'failed', failure, isFinal: false, ...NOTHING };
  }
  try {
    return { kind: 'succeeded', output: await outputOf(step, end), ...NOTHING };
  } catch (error) {
    return { kind: 'failed', failure: toFailure(error), isFinal: false, ...NOTHING };
  }
}

async function outputOf({ output }: RunStep, { printed, folder, mask }: ProgramEnd): Promise<JsonValue> {
  if (typeof output === 'object' && 'files' in output) {
    return [...(await outputFiles(folder, output.files))];
  }
  if (printed.dropped > 0 && output !== undefined && output !== 'text') {
    throw badOutput(`It printed more than ${MOST_BYTES} bytes, which is too much for JSON. Write it to a file.`);
  }
  return outputFromText(output, mask(printed.toString()));
}

function shellWords(script: string | readonly (string | number)[]): readonly string[] {
  const text = String(script);
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', text] : ['/bin/sh', '-c', text];
}

function lastLine(chunk: Uint8Array): string {
  const lines = Buffer.from(chunk).toString('utf8').trimEnd().split('\n');
  return lines.at(-1) ?? '';
}

/** The first bytes of a stream. */
class CappedBytes {
  readonly #chunks: Buffer[] = [];
  readonly #most: number;
  #size = 0;
  dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(chunk: Uint8Array): void {
    const fits = Math.min(chunk.length, this.#most - this.#size);
    this.#chunks.push(Buffer.from(chunk.subarray(0, fits)));
    this.#size += fits;
    this.dropped += chunk.length - fits;
  }

  toString(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
