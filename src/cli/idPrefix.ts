import type { ChainRun } from '../core/chains/chainRun.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import type { Task } from '../core/tasks/task.ts';
import { ambiguousId, unknownId } from './usageError.ts';

const MOST_SHOWN = 5;

/**
 * The one item whose id is the text or begins with it.
 * @returns undefined when there is none. @throws UsageError `ambiguousId`.
 */
export function findByPrefix<Item extends { readonly id: string }>(
  what: string,
  text: string,
  items: readonly Item[],
): Item | undefined {
  const typed = text.toLowerCase();
  const exact = items.find(item => item.id === text);
  const matches = typed === '' ? [] : items.filter(item => item.id.toLowerCase().startsWith(typed));
  if (exact === undefined && matches.length > 1) {
    const shown = matches.slice(0, MOST_SHOWN).map(item => item.id);
    throw ambiguousId(what, text, [...shown, ...(matches.length > MOST_SHOWN ? ['…'] : [])]);
  }
  return exact ?? matches[0];
}

/** @throws UsageError `unknownId`, `ambiguousId`. */
export function findTask(log: PanelLog, text: string): Task {
  const task = log.tasks.get(text) ?? findByPrefix('task', text, log.tasks.list());
  if (task === undefined) {
    const isChain = text !== '' && log.chains.list().some(({ id }) => id.startsWith(text.toLowerCase()));
    throw unknownId(
      'task',
      text,
      isChain
        ? 'It is a chain: show, watch and stop know it, and resume goes on with one whose program is gone.'
        : 'claude-panel list --all shows the tasks.',
    );
  }
  return task;
}

export type Work =
  | { readonly kind: 'task'; readonly id: string; readonly task: Task }
  | { readonly kind: 'chain'; readonly id: string; readonly chain: ChainRun };

/** A task or a chain. @throws UsageError `unknownId`, `ambiguousId`. */
export function findWork(log: PanelLog, text: string): Work {
  const exact = log.tasks.get(text);
  const exactChain = log.chains.get(text);
  if (exact !== undefined) {
    return { kind: 'task', id: exact.id, task: exact };
  }
  if (exactChain !== undefined) {
    return { kind: 'chain', id: exactChain.id, chain: exactChain };
  }
  const found = findByPrefix<Work>('task or chain', text, [
    ...log.tasks.list().map(task => ({ kind: 'task' as const, id: task.id, task })),
    ...log.chains.list().map(chain => ({ kind: 'chain' as const, id: chain.id, chain })),
  ]);
  if (found === undefined) {
    throw unknownId('task or chain', text, 'claude-panel list --all shows them.');
  }
  return found;
}
