import type { Disposable } from '../base/disposable.ts';
import type { Approval } from '../core/approvals/approval.ts';
import { formatRule } from '../core/approvals/permissionWords.ts';
import type { PermissionRule } from '../core/claude/claudeAsk.ts';
import { describeActor } from '../core/events/actor.ts';
import type { LogEvent } from '../core/events/cloudEvent.ts';
import type { LogFact } from '../core/tasks/logFact.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import { isFinal, isLive, type Task } from '../core/tasks/task.ts';

interface AllowedRule {
  /** As it stands in `.claude/settings.local.json`. */
  readonly rule: string;
  readonly by: string;
}

interface Answer {
  readonly cwd: string;
  readonly toolUseId: string;
  readonly rules: readonly AllowedRule[];
}

/**
 * Rules that a person allowed for a project while a task of it runs. Claude Code writes them into its local settings then,
 * some time between the answer and the end of that tool call.
 */
export class AllowedRules {
  readonly #log: PanelLog;
  /** By task; forgotten after its end, when all has been written that will be. */
  readonly #answers = new Map<string, readonly Answer[]>();

  constructor(log: PanelLog) {
    this.#log = log;
  }

  /** What may have been written in this folder, or will be soon. */
  in(cwd: string): readonly AllowedRule[] {
    return [...this.#answers.values()].flat().flatMap(answer => (answer.cwd === cwd ? answer.rules : []));
  }

  /** `onWritten` is called when what was allowed in a task has been written, if it ever is. It may take its time. */
  follow(onWritten: (task: Task) => Promise<void>): Disposable {
    return this.#log.onDidCommit(({ approvals, events, tasks }) => {
      for (const approval of approvals) {
        this.#take(approval);
      }
      for (const event of events.filter(other => this.#endsAllowedTool(other))) {
        const task = this.#log.tasks.get(event.subject);
        void (task && onWritten(task));
      }
      for (const task of tasks.filter(({ id, status }) => this.#answers.has(id) && !isLive(status))) {
        void onWritten(task).finally(() => isFinal(task.status) && this.#answers.delete(task.id));
      }
    });
  }

  #take(approval: Approval): void {
    const { taskId, subject, folder } = approval;
    const rules = projectRules(approval);
    if (taskId === undefined || subject.kind !== 'tool' || rules.length === 0) {
      return;
    }
    const { toolUseId } = subject;
    const others = (this.#answers.get(taskId) ?? []).filter(answer => answer.toolUseId !== toolUseId);
    this.#answers.set(taskId, [...others, { cwd: folder, toolUseId, rules }]);
  }

  #endsAllowedTool({ type, subject, data }: LogEvent<LogFact>): boolean {
    return (
      type === 'claude-panel.task.toolEnded' &&
      (this.#answers.get(subject) ?? []).some(
        ({ toolUseId }) => toolUseId === (data as { readonly toolUseId?: string } | null)?.toolUseId,
      )
    );
  }
}

/** The rules that this answer told Claude Code to write into the local settings of the project. */
function projectRules({ choices, status }: Approval): readonly AllowedRule[] {
  if (status.state !== 'answered') {
    return [];
  }
  const { answer, by } = status;
  const updates = choices.find(choice => choice.id === answer.choice)?.updates ?? [];
  return updates.flatMap(update =>
    update.type === 'addRules' && update.behavior === 'allow' && update.destination === 'localSettings'
      ? update.rules.flatMap(writtenForms).map(rule => ({ rule, by: describeActor(by) }))
      : [],
  );
}

/** Claude Code escapes brackets inside of the brackets. */
function writtenForms(rule: PermissionRule): readonly string[] {
  const plain = formatRule(rule);
  const escaped = rule.ruleContent?.replaceAll(/[\\()]/g, sign => `\\${sign}`);
  return escaped === undefined || escaped === rule.ruleContent
    ? [plain]
    : [plain, formatRule({ ...rule, ruleContent: escaped })];
}
