import { EXIT } from '../../app/following/exitCode.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import type { CommandOutcome, RunCommand } from '../../app/runCommand.ts';
import { approveContent } from '../answering/approveContent.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { chosenFolder, withPanel } from '../panelSession.ts';
import { planLines } from '../progress/planLines.ts';
import { runOwnChain } from '../running/ownChain.ts';
import { runOwnTask } from '../running/ownRun.ts';
import { approveGiven } from '../running/runOptions.ts';
import { badValue } from '../usageError.ts';

type Started = Exclude<CommandOutcome, { readonly kind: 'needsApproval' }>;

/** `claude-panel exec NAME`: runs a command of the catalogue and stays with it until it is over. */
export const exec: CommandAction = async (context, given) => {
  const command = given.operand(0) ?? '';
  const inputs = inputsGiven(given);
  const cwd = chosenFolder(context, given);
  const json = given.flag('json');
  if (given.flag('dry-run')) {
    return withPanel(context, given, { runsTasks: false }, async panel => {
      const plan = await panel.planCommand({ command, inputs, cwd });
      const lines = json ? [JSON.stringify(plan, undefined, 2)] : planLines(plan, context.terminal.paint);
      for (const line of lines) {
        context.terminal.line(line);
      }
      return EXIT.succeeded;
    });
  }
  return withPanel(context, given, { runsTasks: true }, async panel => {
    const after = panel.log.lastSequence();
    const started = await start(context, panel, {
      command,
      inputs,
      inputsFrom: 'person',
      cwd,
      by: panel.actor('commandLine'),
      unattended: approveGiven(given),
      ownProcessOnly: true,
    });
    switch (started?.kind) {
      case undefined:
        return EXIT.denied;
      case 'task':
        return runOwnTask(context, panel, { taskId: started.task.id, after, json });
      case 'chain':
        return runOwnChain(context, panel, { chainId: started.chain.id, after, json });
    }
  });
};

/** Nothing when what files of the workspace bring along was not approved. */
async function start(context: CommandContext, panel: PanelServices, order: RunCommand): Promise<Started | undefined> {
  for (;;) {
    const outcome = await panel.runCommand(order);
    if (outcome.kind !== 'needsApproval') {
      return outcome;
    }
    if (!(await approveContent(context, panel, { approvalId: outcome.approvalId, what: 'command' }))) {
      return undefined;
    }
  }
}

function inputsGiven(given: GivenArguments): Record<string, string> {
  return Object.fromEntries(
    given.texts('input').map((text): [string, string] => {
      const at = text.indexOf('=');
      if (at <= 0) {
        throw badValue('--input', text, 'NAME=VALUE');
      }
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
