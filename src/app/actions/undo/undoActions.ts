import path from 'node:path';
import * as z from 'zod';
import { PanelError } from '../../../base/panelError.ts';
import type { UndoTarget } from '../../../core/checkpoints/checkpointFact.ts';
import { CONFLICT_WORDS, chooseAlways } from '../../undo/conflictChoices.ts';
import type { UndoService } from '../../undo/undoService.ts';
import type { WorkspacePlan } from '../../undo/undoView.ts';
import { type ActionContext, type PanelAction, panelAction } from '../panelAction.ts';
import { undoCounts, undoFingerprint, undoText } from './undoText.ts';

interface Parts {
  readonly undo: Pick<UndoService, 'list' | 'last' | 'plan' | 'apply'>;
}

export class UndoActionError extends PanelError<'changedSince'> {
  readonly family = 'undoAction';
}

const targetSchema = z.union([
  z.object({ kind: z.enum(['task', 'chain']), id: z.string().min(1).max(100) }),
  z.object({ kind: z.literal('since'), at: z.number() }),
]);

const conflictsSchema = z.enum(CONFLICT_WORDS).default('keep');

/** What undoing something would do. Changes nothing. */
export function undoPlanAction({ undo }: Parts): PanelAction {
  return panelAction({
    name: 'undo-plan',
    summary: 'Says which files an undo would put back, and which are in conflict.',
    input: z.strictObject({
      target: z.string().max(200).default(''),
      files: z.string().max(20_000).default(''),
      conflicts: conflictsSchema,
    }),
    run: async ({ target: named, files, conflicts }, context) => {
      const target = targetOf(undo, named.trim());
      const plan = await planOf(undo, target, files, context);
      return {
        title: plan.title,
        target: { ...target },
        text: undoText(plan, context.folder, conflicts),
        fingerprint: undoFingerprint(plan, conflicts),
        ...undoCounts(plan),
      };
    },
  });
}

/** Does what was shown, and nothing else: when anything has changed since, nothing is done. */
export function undoAction({ undo }: Parts): PanelAction {
  return panelAction({
    name: 'undo',
    summary: 'Puts back what a task or chain did to the files, and does with conflicts what was agreed.',
    input: z.strictObject({
      target: targetSchema,
      files: z.string().max(20_000).default(''),
      conflicts: conflictsSchema,
      fingerprint: z.string().length(64),
    }),
    run: async ({ target, files, conflicts, fingerprint }, context) => {
      const plan = await planOf(undo, target, files, context);
      if (undoFingerprint(plan, conflicts) !== fingerprint) {
        throw new UndoActionError('changedSince', {
          message: 'Nothing was undone: the files have changed since it was shown.',
          remedy: 'Run the command again to see what would be undone now.',
        });
      }
      const { undoId, results } = await undo.apply(plan, {
        choose: chooseAlways(conflicts),
        by: context.by,
        signal: context.signal,
      });
      const count = (pick: (result: (typeof results)[number]) => readonly unknown[]): number =>
        results.reduce((sum, result) => sum + pick(result).length, 0);
      const [done, kept, failed] = [
        count(({ done }) => done),
        count(({ kept }) => kept),
        count(({ failed }) => failed),
      ];
      return {
        undoId,
        done,
        kept,
        failed,
        summary: `Undone: ${done} files of "${plan.title}"; ${kept} conflicts left as they are, ${failed} failed. Take it back with: claude-panel redo`,
      };
    },
  });
}

/** Nothing is the last task; else a task, a chain, or everything since a time. */
function targetOf(undo: Parts['undo'], named: string): UndoTarget {
  if (named === '') {
    return undo.last();
  }
  if (/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$/.test(named)) {
    return { kind: 'since', at: new Date(named.replace(' ', 'T')).getTime() };
  }
  const known = undo.list({ limit: 500 }).find(({ target }) => target.kind !== 'since' && target.id === named);
  return known?.target ?? { kind: 'task', id: named };
}

async function planOf(
  undo: Parts['undo'],
  target: UndoTarget,
  files: string,
  { folder, signal }: ActionContext,
): Promise<WorkspacePlan> {
  const chosen = files
    .split(/[\n,]/)
    .map(file => file.trim())
    .filter(file => file !== '');
  return undo.plan(target, {
    signal,
    ...(chosen.length === 0 ? {} : { paths: chosen.map(file => path.resolve(folder, file)) }),
  });
}
