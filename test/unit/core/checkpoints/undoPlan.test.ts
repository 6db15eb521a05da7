import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideUndo,
  isSameState,
  type NowState,
  type PathState,
  type UndoQuestion,
} from '../../../../src/core/checkpoints/undoPlan.ts';

const file = fc.record({
  kind: fc.constant('file' as const),
  blob: fc.constantFrom('one', 'two'),
  size: fc.constant(3),
  permissions: fc.constantFrom(0o644, 0o755),
});
const link = fc.record({
  kind: fc.constant('link' as const),
  blob: fc.constantFrom('one', 'two'),
  size: fc.constant(3),
  permissions: fc.constant(0o777),
});
const absent = fc.constant({ kind: 'absent' } as const);
const unknown = fc.constant({ kind: 'unknown' } as const);
const stored: fc.Arbitrary<PathState> = fc.oneof(file, file, link, absent, absent, unknown);
const names = ['a', 'a/b', 'a/c', 'd'];
const present: fc.Arbitrary<NowState> = fc.oneof(
  file,
  file,
  link,
  absent,
  fc.record({ kind: fc.constant('absent' as const), blockedBy: fc.constantFrom(...names) }),
  fc.record({
    kind: fc.constant('folder' as const),
    holds: fc.option(fc.subarray(['a/', 'a/b', 'a/c', 'a/e']), { nil: undefined }),
  }),
  unknown,
);
const questions: fc.Arbitrary<UndoQuestion[]> = fc
  .tuple(
    ...names.map(() =>
      fc.record({
        before: stored,
        after: stored,
        now: present,
        doubt: fc.constantFrom(undefined, undefined, 'editedSince', 'otherTask'),
      }),
    ),
  )
  .map(all =>
    // A path that is the same before and after is none of the questions.
    all
      .filter(({ before, after }) => !isSameState(before, after))
      .map(({ doubt, ...states }, at) => ({
        path: names[at] ?? '',
        ...states,
        ...(doubt === undefined ? {} : { doubt: doubt as 'editedSince' | 'otherTask' }),
      })),
  );
const folders = fc.subarray(['a', 'x']).map(list => new Set(list));

describe('what undo decides', () => {
  it('changes a path without being asked only where what is there is what was left', () => {
    fc.assert(
      fc.property(questions, folders, (all, toRemove) => {
        for (const { action, after, now, path } of decideUndo(all, toRemove)) {
          const doubt = all.find(question => question.path === path)?.doubt;
          if (action.kind === 'remove' || action.kind === 'restore') {
            expect(doubt).toBeUndefined();
            const madeRoom = now.kind === 'folder' && after.kind === 'absent';
            expect(isSameState(after, now) || madeRoom).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('removes only what was not there before, and restores only what was', () => {
    fc.assert(
      fc.property(questions, folders, (all, toRemove) => {
        for (const { action, before } of decideUndo(all, toRemove)) {
          if (action.kind === 'remove') {
            expect(before.kind).toBe('absent');
          } else if (action.kind === 'restore') {
            expect(['file', 'link']).toContain(before.kind);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('puts a file where a folder is only when all that the folder holds goes', () => {
    fc.assert(
      fc.property(questions, folders, (all, toRemove) => {
        const items = decideUndo(all, toRemove);
        const removed = new Set(items.filter(({ action }) => action.kind === 'remove').map(({ path }) => path));
        for (const { action, now } of items) {
          if (action.kind === 'restore' && now.kind === 'folder') {
            expect(now.holds).toBeDefined();
            for (const held of now.holds ?? []) {
              expect(held.endsWith('/') ? toRemove.has(held.slice(0, -1)) : removed.has(held)).toBe(true);
            }
          }
          if (action.kind === 'restore' && now.kind === 'absent' && now.blockedBy !== undefined) {
            expect(removed.has(now.blockedBy)).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('always offers to leave a conflict as it is, and never to put back what no snapshot has', () => {
    fc.assert(
      fc.property(questions, folders, (all, toRemove) => {
        for (const { action, before, now } of decideUndo(all, toRemove)) {
          if (action.kind === 'conflict') {
            expect(action.choices[0]).toBe('keepMine');
            expect(action.choices.includes('putBack') && (before.kind === 'unknown' || now.kind === 'unknown')).toBe(
              false,
            );
            expect(action.choices.includes('saveBoth') && !('blob' in before)).toBe(false);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
