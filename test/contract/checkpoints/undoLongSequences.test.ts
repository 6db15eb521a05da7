import fc from 'fast-check';
import { describe, it } from 'vitest';
import { anyStory, UndoStage } from '../../unit/core/checkpoints/sequences/undoSequence.ts';
import { scratchFolder } from '../../unit/core/checkpoints/stage.ts';

/** Side by side, because each of them waits most of the time, for git and for the clock of the disk; the same each time. */
const STAGES = 3;

describe('a task that ran several times, in several folders', () => {
  it('is undone and redone to the byte, and nothing of the person is lost', { timeout: 1_800_000 }, async () => {
    const play = (seed: number): Promise<void> => {
      const stage = new UndoStage(scratchFolder());
      const property = fc.asyncProperty(anyStory({ mostRuns: 3, mostFolders: 2 }), story => stage.play(story));
      return fc.assert(property, { numRuns: 50, seed });
    };
    await Promise.all(Array.from({ length: STAGES }, (_, at) => play(at + 1)));
  });
});
