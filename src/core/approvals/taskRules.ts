import type { Approval } from './approval.ts';
import { formatRule } from './permissionWords.ts';

/** Claude Code's own words for a plain question. Others stand for what no such rule answers: a dangerous place, a hook. */
const PLAIN: ReadonlySet<string> = new Set(['other', 'subcommandResults']);

/** The rules that a person allowed for the whole task. Claude Code forgets them with its process. */
export function rulesOfTask(approvals: readonly Approval[]): ReadonlySet<string> {
  const rules = approvals.flatMap(approval =>
    approval.status.state === 'answered' && approval.status.answer.choice === 'allowTask'
      ? (offeredForTask(approval) ?? [])
      : [],
  );
  return new Set(rules);
}

/** Whether everything that "Allow for this task" would save now was allowed for it before. Pure. */
export function isAllowedForTask(approval: Approval, rules: ReadonlySet<string>): boolean {
  const offered = offeredForTask(approval);
  return (
    offered !== undefined &&
    offered.length > 0 &&
    offered.every(rule => rules.has(rule)) &&
    (approval.reasonType === undefined || PLAIN.has(approval.reasonType))
  );
}

/** Undefined when the choice is not there, or would save more than rules that allow: a wider mode is asked for again. */
function offeredForTask({ choices }: Approval): readonly string[] | undefined {
  const updates = choices.find(({ id }) => id === 'allowTask')?.updates ?? [];
  const rules = updates.map(update =>
    update.type === 'addRules' && update.behavior === 'allow' ? update.rules.map(formatRule) : undefined,
  );
  return rules.some(each => each === undefined) ? undefined : rules.flatMap(each => each ?? []);
}
