import fc from 'fast-check';
import { describe, it } from 'vitest';
import { anyStory, UndoStage } from './sequences/undoSequence.ts';
import { scratchFolder } from './stage.ts';

describe('any sequence of edits by a task and a person', () => {
  it('is undone and redone to the byte, and nothing of the person is lost', { timeout: 600_000 }, async () => {
    const stage = new UndoStage(scratchFolder());
    await fc.assert(
      fc.asyncProperty(anyStory({ mostRuns: 1, mostFolders: 1 }), story => stage.play(story)),
      { numRuns: 300 },
    );
  });
});
