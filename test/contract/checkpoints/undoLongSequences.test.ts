import fc from 'fast-check';
import { describe, it } from 'vitest';
import { anyStory, UndoStage } from '../../unit/core/checkpoints/sequences/undoSequence.ts';
import { scratchFolder } from '../../unit/core/checkpoints/stage.ts';

describe('a task that ran several times, in several folders', () => {
  it('is undone and redone to the byte, and nothing of the person is lost', { timeout: 1_800_000 }, async () => {
    const stage = new UndoStage(scratchFolder());
    await fc.assert(
      fc.asyncProperty(anyStory({ mostRuns: 3, mostFolders: 2 }), story => stage.play(story)),
      { numRuns: 150 },
    );
  });
});
