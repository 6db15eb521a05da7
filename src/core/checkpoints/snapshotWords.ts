import { describeActor } from '../events/actor.ts';
import type { TakenSnapshots, UndoneFiles } from './checkpointFact.ts';

/** What to tell when snapshots are missing; undefined when all could be taken. */
export function snapshotsMissing({
  moment,
  snapshots,
}: TakenSnapshots): { readonly text: string; readonly remedy: string } | undefined {
  const missing = snapshots.flatMap(({ failure }) => failure ?? []);
  const [first] = missing;
  if (first === undefined) {
    return undefined;
  }
  const all = missing.length === snapshots.length;
  const what = all ? 'nothing that it changes can be undone' : 'only some of what it changes can be undone';
  const consequence =
    moment === 'before' ? `${what}.` : 'an undo counts everything that changed since as the work of this task.';
  return {
    text: `There is no snapshot ${moment} this run: ${consequence} ${first.message}${first.detail === undefined ? '' : ` ${first.detail}`}`,
    remedy: first.remedy ?? 'Look into the log of the control panel.',
  };
}

/** Such as "Undone by ada, on the command line: 5 files. 1 was left as it is." */
export function undoneText(word: 'Undone' | 'Redone', { by, done, kept, failed }: UndoneFiles): string {
  const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
  return [
    `${word} by ${describeActor(by)}: ${files(done)}.`,
    ...(kept === 0 ? [] : [`${files(kept)} left as ${kept === 1 ? 'it is' : 'they are'}.`]),
    ...(failed === 0 ? [] : [`${files(failed)} could not be changed.`]),
  ].join(' ');
}
