import { EXIT, type ExitCode } from '../../app/following/exitCode.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import { CONFLICT_WORDS, chooseAlways } from '../../app/undo/conflictChoices.ts';
import type { WorkspacePlan } from '../../app/undo/undoView.ts';
import type { CommandContext } from '../commandContext.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { planJson, resultJson } from './planJson.ts';
import { planLines, resultLines } from './planLines.ts';

/** Shows a plan, does what it says unless it is only to be shown, and tells what was done. */
export async function carryOut(
  { terminal, interrupts }: CommandContext,
  panel: PanelServices,
  given: GivenArguments,
  plan: WorkspacePlan,
): Promise<ExitCode> {
  const json = given.flag('json');
  const print = (lines: readonly string[]): void => {
    for (const line of lines) {
      terminal.line(line);
    }
  };
  if (!json) {
    print(planLines(plan, panel.folder, terminal.paint));
  }
  if (given.flag('dry-run')) {
    if (json) {
      terminal.line(JSON.stringify(planJson(plan), undefined, 2));
    }
    return EXIT.succeeded;
  }
  const abort = new AbortController();
  const listener = interrupts.listen(() => abort.abort());
  try {
    const choice = given.text('conflicts');
    const result = await panel.undo.apply(plan, {
      choose: chooseAlways(CONFLICT_WORDS.find(word => word === choice) ?? 'keep'),
      by: panel.actor('commandLine'),
      signal: abort.signal,
    });
    if (json) {
      terminal.line(JSON.stringify(resultJson(plan, result), undefined, 2));
    } else {
      print(resultLines(result, panel.folder, terminal.paint));
      if (plan.kind === 'undo' && result.results.length > 0) {
        terminal.say(`Take it back with: claude-panel redo ${result.undoId}`);
      }
    }
    const hasFailed = result.results.some(({ failed }) => failed.length > 0);
    const hasLeft = choice === undefined && result.results.some(({ kept }) => kept.length > 0);
    return abort.signal.aborted ? EXIT.stopped : hasFailed || hasLeft ? EXIT.failed : EXIT.succeeded;
  } finally {
    listener.dispose();
  }
}
