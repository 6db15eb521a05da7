import { fork } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { anyStory, UndoStage } from '../../test/unit/core/checkpoints/sequences/undoSequence.ts';

/*
 * Plays very many sequences of edits, undo and redo: `npm run soak`, or `npm run soak -- 500` for as many. The tests
 * play 500 of them. A failure prints its seed; `npm run soak -- 500 SEED` plays the same ones again.
 */

const [count = '20000', seed, share] = process.argv.slice(2);
process.exitCode =
  share === undefined ? await playAll(Number(count), seed) : await playShare(Number(count), Number(seed));

/** One process for each core: a story mostly waits for git. */
async function playAll(stories: number, given: string | undefined): Promise<number> {
  const started = Date.now();
  const processes = Math.max(1, Math.min(availableParallelism(), Math.ceil(stories / 50)));
  const first = given === undefined ? Date.now() % 1_000_000_000 : Number(given);
  process.stderr.write(`${stories} sequences in ${processes} processes, seed ${first}\n`);
  const codes = await Promise.all(
    Array.from({ length: processes }, (_, at) => {
      const part = Math.floor(stories / processes) + (at < stories % processes ? 1 : 0);
      const child = fork(fileURLToPath(import.meta.url), [String(part), String(first + at), 'share']);
      return new Promise<number>(resolve => child.once('exit', code => resolve(code ?? 1)));
    }),
  );
  const seconds = Math.round((Date.now() - started) / 1000);
  const failed = codes.filter(code => code !== 0).length;
  process.stdout.write(`${failed === 0 ? 'all' : 'not all'} of ${stories} sequences held, in ${seconds} s\n`);
  return failed === 0 ? 0 : 1;
}

async function playShare(stories: number, given: number): Promise<number> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'panel-soak-')));
  try {
    const stage = new UndoStage(folder);
    await fc.assert(
      fc.asyncProperty(anyStory({ mostRuns: 3, mostFolders: 2 }), story => stage.play(story)),
      { numRuns: stories, seed: given },
    );
    return 0;
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? (error.cause ?? error) : error}\n${String(error).slice(0, 300)}\n`,
    );
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
