import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProcessError } from '../../../../src/core/process/processErrors.ts';
import { isAlive } from '../../../../src/core/process/processIdentity.ts';
import { systemProcesses } from '../../../../src/core/process/processTree.ts';
import { type RunningProcess, spawnProcess } from '../../../../src/core/process/spawnProcess.ts';

const processes = systemProcesses();
let folder: string;
let running: RunningProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spawn-'));
});
afterEach(async () => {
  await running?.kill();
  await running?.exited;
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

const environment = { PATH: process.env['PATH'] ?? '' };

async function start(script: string, more: { file?: string; cwd?: string; args?: string[] } = {}) {
  const chunks: Uint8Array[] = [];
  const heard = { output: () => Buffer.concat(chunks).toString('utf8'), ended: false };
  running = await spawnProcess({
    file: more.file ?? process.execPath,
    args: more.args ?? ['-e', script],
    cwd: more.cwd ?? folder,
    environment,
    processes,
    onOutput: chunk => chunks.push(chunk),
    onOutputEnd: () => {
      heard.ended = true;
    },
  });
  return { running, heard };
}

async function until(test: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await test())) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProcessError);
  expect((error as ProcessError).remedy).toBeTruthy();
  return (error as ProcessError).reason;
}

describe('spawnProcess', { timeout: 30_000 }, () => {
  it('gives the output, the exit code and the end of stderr', async () => {
    const { running, heard } = await start('console.log("out é"); console.error("err"); process.exitCode = 3');
    expect(await running.exited).toEqual({ code: 3, signal: null, stderrTail: 'err\n' });
    expect(heard.output()).toBe('out é\n');
    expect(heard.ended).toBe(true);
  });

  it('delivers all that was written just before the end', async () => {
    const { running, heard } = await start('process.stdout.write("x".repeat(3_000_000) + "last")');
    await running.exited;
    expect(heard.output()).toHaveLength(3_000_004);
    expect(heard.output().endsWith('last')).toBe(true);
  });

  it('gives nothing of its own environment to the program', async () => {
    process.env['SPAWN_TEST_LEAK'] = 'yes';
    const { running, heard } = await start('console.log(JSON.stringify(process.env))');
    await running.exited;
    delete process.env['SPAWN_TEST_LEAK'];
    expect(heard.output()).not.toContain('SPAWN_TEST_LEAK');
  });

  it('passes arguments as they are, without a shell', async () => {
    const wild = ['$(id)', '`id`', 'a b', '"', "'", '%PATH%', '*', '; exit 1', 'é\n2'];
    const { running, heard } = await start('', {
      args: ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...wild],
    });
    await running.exited;
    expect(JSON.parse(heard.output())).toEqual(wild);
  });

  it('writes to the program, which ends when its input is closed', async () => {
    const { running, heard } = await start('process.stdin.pipe(process.stdout)');
    await running.write('one\n');
    await until(() => heard.output() === 'one\n');
    await running.write('two\n');
    running.closeInput();
    expect((await running.exited).code).toBe(0);
    expect(heard.output()).toBe('one\ntwo\n');
  });

  it('holds a write back while the program does not read', async () => {
    const { running } = await start('setTimeout(() => process.stdin.resume(), 1e9); console.log("up")');
    let taken = false;
    const write = running.write('x'.repeat(4_000_000)).then(
      () => {
        taken = true;
      },
      (error: ProcessError) => error.reason,
    );
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(taken).toBe(false);
    await running.kill();
    expect(await write).toBe('inputClosed');
  });

  it('rejects a write after the end', async () => {
    const { running } = await start('');
    await running.exited;
    expect(await reasonOf(running.write('x'))).toBe('inputClosed');
  });

  it('says which signal ended the program', async () => {
    const { running, heard } = await start('console.log("up"); setInterval(() => {}, 1000)');
    await until(() => heard.output() !== '');
    expect(running.signal('SIGTERM')).toBe(true);
    expect(await running.exited).toMatchObject({ code: null, signal: 'SIGTERM' });
    expect(running.signal('SIGTERM')).toBe(false);
  });

  it('keeps only the end of an endless stderr', async () => {
    const { running } = await start('process.stderr.write("a".repeat(200_000) + "the end")');
    const { stderrTail } = await running.exited;
    expect(stderrTail.length).toBeLessThanOrEqual(16 * 1024);
    expect(stderrTail.endsWith('the end')).toBe(true);
  });

  it('is over with the program, although a grandchild keeps its pipes open', async () => {
    const { running, heard } = await start(`
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'],
        { detached: true, stdio: 'inherit' });
      child.unref();
      console.log(child.pid);
      setTimeout(() => process.exit(0), 50);`);
    expect((await running.exited).code).toBe(0);
    const pid = Number(heard.output());
    const grandchild = await processes.identify(pid);
    expect(grandchild).toBeDefined();
    if (grandchild !== undefined) {
      await processes.kill([grandchild]);
    }
  });

  it('reports the end of the output of a program that lives on', async () => {
    const { running, heard } = await start('require("node:fs").closeSync(1); setInterval(() => {}, 1000)');
    await until(() => heard.ended);
    expect(running.hasExited).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('ends its whole process group at once', async () => {
    const { running, heard } = await start(`
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.log(child.pid);
      setInterval(() => {}, 1000);`);
    await until(() => heard.output().endsWith('\n'));
    const child = await processes.identify(Number(heard.output()));
    expect(child).toBeDefined();
    await running.kill();
    expect(await running.exited).toMatchObject({ signal: 'SIGKILL' });
    await until(async () => child !== undefined && !(await isAlive(processes, child)));
  });

  it('knows who the process is', async () => {
    const { running } = await start('setInterval(() => {}, 1000)');
    const identity = await running.identity();
    expect(identity).toEqual(await processes.identify(running.pid));
    expect(identity?.pid).toBe(running.pid);
  });

  it('says that the program is missing', async () => {
    expect(await reasonOf(start('', { file: join(folder, 'nowhere') }))).toBe('notFound');
    expect(await reasonOf(start('', { file: 'no-such-program-anywhere' }))).toBe('notFound');
  });

  it('says that the working folder has gone, and does not blame the program', async () => {
    expect(await reasonOf(start('', { cwd: join(folder, 'gone') }))).toBe('workingFolderGone');
    await writeFile(join(folder, 'file'), '');
    expect(await reasonOf(start('', { cwd: join(folder, 'file') }))).toBe('workingFolderGone');
  });

  it.skipIf(process.platform === 'win32')('says that a file cannot be run', async () => {
    const file = join(folder, 'text');
    await writeFile(file, 'not a program');
    expect(await reasonOf(start('', { file }))).toBe('notExecutable');
  });
});
