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

/** The copy beside it is one file more than a generated folder may have to be in a snapshot. */
const copyTooMany: Story = {
  kinds: ['plain'],
  start: [{ kind: 'write', name: Buffer.from('build/out.js'), content: Buffer.from('') }],
  runs: [
    {
      byTask: [{ kind: 'fileInPlace', name: Buffer.from('build/out.js'), content: Buffer.alloc(5000, 'z') }],
      byPerson: [{ kind: 'folderInPlace', name: Buffer.from('build/deep/out.map'), content: Buffer.from('') }],
    },
  ],
  choice: 'saveBoth',
};

/** The person takes away the folder that the task put in the place of a file: the file comes back. */
const folderTakenAway: Story = {
  kinds: ['plain'],
  start: [],
  runs: [
    {
      byTask: [{ kind: 'folderInPlace', name: Buffer.from('a.txt'), content: Buffer.from('') }],
      byPerson: [{ kind: 'remove', name: Buffer.from('a.txt') }],
    },
  ],
  choice: 'keepMine',
};

/**
 * Side by side, because each of them waits most of the time, for git and for the clock of the disk. The same sequences
 * each time: `npm run soak` looks for new ones, and what it finds becomes an example.
 */
const STAGES = 5;

describe('any sequence of edits by a task and a person', () => {
  it('is undone and redone to the byte, and nothing of the person is lost', { timeout: 1_800_000 }, async () => {
    const play = (examples: [Story][], seed: number): Promise<void> => {
      const stage = new UndoStage(scratchFolder());
      const property = fc.asyncProperty(anyStory({ mostRuns: 1, mostFolders: 1 }), story => stage.play(story));
      return fc.assert(property, { numRuns: 70, examples, seed });
    };
    const stories = [linkInTheWay('src/deep'), linkInTheWay('src'), copyTooMany, folderTakenAway];
    const examples = stories.map((story): [Story] => [story]);
    await Promise.all(Array.from({ length: STAGES }, (_, at) => play(examples, at + 1)));
  });
});
