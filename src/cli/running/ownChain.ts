import { ChainFamily } from '../../app/following/chainFamily.ts';
import { chainExitCode, type ExitCode } from '../../app/following/exitCode.ts';
import { followLog, type TaskEvent } from '../../app/following/followLog.ts';
import { NOTHING_YET, reduceOutcome } from '../../app/following/runOutcome.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import { DisposableStore } from '../../base/disposable.ts';
import { type ChainRun, isChainOver } from '../../core/chains/chainRun.ts';
import type { CommandContext } from '../commandContext.ts';
import { ChainScreen } from './chainScreen.ts';
import { attendTo } from './ownAttendant.ts';

/** How long the programs of a finished chain may take to leave, in milliseconds. */
const LEAVE_MS = 8000;

/**
 * Works on one chain in this process and stays until it is over: shows it, sees to its questions and stops it on Ctrl+C.
 * The chain is reserved for this process. `after` is the position in the log to show from.
 */
export async function runOwnChain(
  context: CommandContext,
  panel: PanelServices,
  run: { readonly chainId: string; readonly after: number; readonly json: boolean },
): Promise<ExitCode> {
  const { terminal, interrupts } = context;
  const { chainId, after, json } = run;
  const disposables = new DisposableStore();
  const family = new ChainFamily(panel.log, chainId);
  const screen = new ChainScreen({ terminal, json });
  const ended = Promise.withResolvers<ChainRun>();
  let outcome = NOTHING_YET;
  const follower = disposables.add(
    followLog(panel.log, { after }, event => {
      if (!family.take(event)) {
        return;
      }
      screen.show(event);
      outcome = reduceOutcome(outcome, event as TaskEvent);
      const chain = panel.chains.get(chainId);
      if (isChainOver(chain.status)) {
        ended.resolve(chain);
      }
    }),
  );
  disposables.add(
    interrupts.listen((signal, count) => {
      if (count === 1) {
        terminal.say(signal === 'SIGINT' ? 'Stopping the chain and all that its steps run.' : 'Stopping.');
      }
      panel.chains.stop(chainId, panel.actor('commandLine'));
    }),
  );
  const attendant = disposables.add(
    attendTo(context, panel, {
      unattended: panel.chains.get(chainId).unattended,
      concerns: approval => family.concerns(approval),
    }),
  );
  try {
    follower.catchUp();
    await panel.start();
    const end = await ended.promise;
    attendant.dispose();
    await panel.suspend(LEAVE_MS);
    follower.catchUp();
    screen.end(end);
    return chainExitCode(end.status, outcome.somethingWasDenied);
  } finally {
    disposables.dispose();
  }
}
