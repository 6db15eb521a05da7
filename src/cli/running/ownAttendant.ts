import type { PanelServices } from '../../app/panelServices.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Approval } from '../../core/approvals/approval.ts';
import { ApprovalPrompt } from '../answering/approvalPrompt.ts';
import { Attendant } from '../answering/attendant.ts';
import { LineReader } from '../answering/lineReader.ts';
import type { CommandContext } from '../commandContext.ts';
import { answerSeconds } from '../settingsFromEnvironment.ts';
import { isWindowOpen } from './otherHosts.ts';

/**
 * Sees to the questions of a task or a chain that this process runs; those of one that was started with
 * `--approve allow` or `deny` answer themselves.
 */
export function attendTo(
  context: CommandContext,
  panel: PanelServices,
  run: { readonly unattended: 'ask' | 'allow' | 'deny'; readonly concerns: (approval: Approval) => boolean },
): Disposable {
  const { terminal, clock, interrupts, environment } = context;
  const reader = new LineReader({ terminal, interrupts, clock });
  return run.unattended !== 'ask'
    ? { dispose: () => undefined }
    : new Attendant({
        log: panel.log,
        desk: panel.approvals,
        clock,
        terminal,
        prompt: new ApprovalPrompt({ terminal, reader, clock }),
        concerns: run.concerns,
        person: panel.actor('commandLine'),
        product: { ...panel.actor('product'), name: 'unattended run' },
        othersCanAnswer: () => isWindowOpen(panel.hosts(), clock.now()),
        grace: answerSeconds(environment) * 1000,
      });
}
