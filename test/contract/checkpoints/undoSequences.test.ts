import fc from 'fast-check';
import { describe, it } from 'vitest';
import { anyStory, type Story, UndoStage } from '../../unit/core/checkpoints/sequences/undoSequence.ts';
import { scratchFolder } from '../../unit/core/checkpoints/stage.ts';

/** The task removes an empty folder, and the person puts a link there, or where the folder around it was. */
const linkInTheWay = (removed: string): Story => ({
  kinds: ['plain'],
  start: [{ kind: 'folder', name: Buffer.from('src/deep') }],
  runs: [
    {
      byTask: [{ kind: 'remove', name: Buffer.from(removed) }],
      byPerson: [{ kind: 'link', name: Buffer.from(removed), to: 'a.txt' }],
    },
  ],
  choice: 'keepMine',
});

/** Side by side, because each of them waits most of the time, for git and for the clock of the disk. */
const STAGES = 5;

describe('any sequence of edits by a task and a person', () => {
  it('is undone and redone to the byte, and nothing of the person is lost', { timeout: 1_800_000 }, async () => {
    const play = (examples: [Story][]): Promise<void> => {
      const stage = new UndoStage(scratchFolder());
      const property = fc.asyncProperty(anyStory({ mostRuns: 1, mostFolders: 1 }), story => stage.play(story));
      return fc.assert(property, { numRuns: 70, examples });
    };
    const examples: [Story][] = [[linkInTheWay('src/deep')], [linkInTheWay('src')]];
    await Promise.all(Array.from({ length: STAGES }, () => play(examples)));
  });
});
