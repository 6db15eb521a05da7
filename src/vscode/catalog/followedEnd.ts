import { ChainFamily } from '../../app/following/chainFamily.ts';
import { chainExitCode, exitCodeOf } from '../../app/following/exitCode.ts';
import { followLog, type LogFollower } from '../../app/following/followLog.ts';
import { NOTHING_YET, reduceOutcome } from '../../app/following/runOutcome.ts';
import type { Disposable } from '../../base/disposable.ts';
import { isChainOver } from '../../core/chains/chainRun.ts';
import { describeActor } from '../../core/events/actor.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { isFinal } from '../../core/tasks/task.ts';
import { failureOf } from '../presenters/taskSummary.ts';
import type { Followed } from './progressLines.ts';

/** How a task or a chain came to its end, with the exit code that the command line gives for it. */
export class FollowedEnd implements Disposable {
  readonly #log: PanelLog;
  readonly #followed: Followed;
  readonly #follower: LogFollower;
  #outcome = NOTHING_YET;

  /** `after` is the position in the log before it was started. */
  constructor(log: PanelLog, followed: Followed, after: number) {
    this.#log = log;
    this.#followed = followed;
    const family = followed.kind === 'chain' ? new ChainFamily(log, followed.id) : undefined;
    this.#follower = followLog(log, { after }, event => {
      if (family === undefined ? event.subject === followed.id : family.take(event)) {
        this.#outcome = reduceOutcome(this.#outcome, event);
      }
    });
  }

  /** Nothing as long as it goes on. A task that is set aside goes on later. */
  current(): { readonly code: number; readonly text: string } | undefined {
    this.#follower.catchUp();
    return this.#followed.kind === 'task' ? this.#taskEnd() : this.#chainEnd();
  }

  dispose(): void {
    this.#follower.dispose();
  }

  #taskEnd(): ReturnType<FollowedEnd['current']> {
    const task = this.#log.tasks.get(this.#followed.id);
    if (task === undefined || !isFinal(task.status)) {
      return undefined;
    }
    const code = exitCodeOf(task.status, this.#outcome.somethingWasDenied);
    switch (task.status.state) {
      case 'succeeded':
        return { code, text: 'Done.' };
      case 'stopped':
        return { code, text: 'Stopped.' };
      default:
        return { code, text: failureOf(task)?.message ?? task.status.state };
    }
  }

  #chainEnd(): ReturnType<FollowedEnd['current']> {
    const status = this.#log.chains.get(this.#followed.id)?.status;
    if (status === undefined || !isChainOver(status)) {
      return undefined;
    }
    const code = chainExitCode(status, this.#outcome.somethingWasDenied);
    switch (status.state) {
      case 'succeeded':
        return { code, text: 'Done.' };
      case 'failed':
        return { code, text: status.failure.message };
      case 'stopped':
        return { code, text: `Stopped by ${describeActor(status.by)}.` };
    }
  }
}
