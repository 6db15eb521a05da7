import path from 'node:path';
import { CHAIN_MARKER } from '../../app/chains/stepProcesses.ts';
import { EXIT } from '../../app/following/exitCode.ts';
import { describeSettled } from '../../core/approvals/answerDecision.ts';
import type { Approval, ApprovalAnswer } from '../../core/approvals/approval.ts';
import { TASK_MARKER } from '../../core/claude/claudeEnvironment.ts';
import { approvalTitle } from '../answering/approvalCard.ts';
import { denyingAnswer, grantingAnswer } from '../answering/chosenAnswer.ts';
import { findApproval } from '../answering/findApproval.ts';
import { readJsonObject } from '../answering/jsonInput.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { withPanel } from '../panelSession.ts';
import { oneLine } from '../terminal/plainText.ts';
import { insideTask } from '../usageError.ts';

/** Says yes to what waits for a person. */
export const approve: CommandAction = (context, given) => {
  const file = given.text('json-input');
  const place = file === undefined || file === '-' ? file : path.resolve(context.directory, file);
  const json = place === undefined ? undefined : readJsonObject(place);
  return answer(context, given, approval =>
    grantingAnswer(approval, {
      choice: given.text('choice'),
      answers: given.texts('answer'),
      message: given.text('message'),
      json,
    }),
  );
};

/** Says no, with words that Claude reads. */
export const deny: CommandAction = (context, given) =>
  answer(context, given, approval => denyingAnswer(approval, given.text('message')));

/** The first answer wins: when somebody was quicker, the error says who. */
function answer(
  context: CommandContext,
  given: GivenArguments,
  decide: (approval: Approval) => ApprovalAnswer,
): Promise<number> {
  // A task with a shell must not say yes to itself. It is a guard, not a wall: an environment can be cleared.
  if (context.environment[TASK_MARKER] !== undefined || context.environment[CHAIN_MARKER] !== undefined) {
    throw insideTask();
  }
  return withPanel(context, given, { runsTasks: false }, async panel => {
    const approval = findApproval(panel.log, given.operand(0) ?? '');
    const settled = panel.approvals.answer(approval.id, decide(approval), panel.actor('commandLine'));
    const title = oneLine(approvalTitle(settled.subject));
    context.terminal.line(`${title} (${oneLine(settled.taskTitle)}): ${oneLine(describeSettled(settled))}`);
    return EXIT.succeeded;
  });
}
