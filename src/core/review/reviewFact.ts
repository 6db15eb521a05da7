import type { Actor } from '../events/actor.ts';
import type { Fact } from '../events/cloudEvent.ts';

/** What a person decided about a change. `open` takes an earlier decision back. */
export type ReviewDecision = 'accepted' | 'putBack' | 'open';

/** Facts about the review of a task's changes. The subject is the task's id. */
export type ReviewFact = Fact<
  'claude-panel.review.decided',
  {
    /** The folder that the path is relative to, absolute. */
    readonly root: string;
    readonly path: string;
    /** The id of one hunk of that file, as `hunksOf` gives it; the whole file when absent. */
    readonly hunk?: string;
    readonly decision: ReviewDecision;
    /** The undo that put a whole file back: taking it back makes the change again. */
    readonly undoId?: string;
    readonly by: Actor;
  }
>;
