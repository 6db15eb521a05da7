import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { NewId } from '../../base/ids.ts';
import type { Actor } from '../events/actor.ts';
import { CONTINUE_WORDS } from './continueWords.ts';
import type { FactBuffer } from './factBuffer.ts';
import type { FollowUp, Task } from './task.ts';
import type { TaskSession } from './taskSession.ts';

interface DeliveryParts {
  readonly clock: Clock;
  readonly newUuid: NewId;
  readonly session: TaskSession;
  readonly task: () => Task;
  readonly buffer: FactBuffer;
  readonly product: Actor;
}

/** An interrupted turn that Claude Code takes up by itself starts within this time after it is ready. */
const OWN_START_MS = 4000;
/** A message that an older Claude Code has not taken up yet begins a turn within this time after the last. */
const OWN_TURN_MS = 10_000;

/** Brings messages to Claude Code: the first prompt, follow-ups, and the words to continue after a pause. */
export class FollowUpDelivery implements Disposable {
  readonly #parts: DeliveryParts;
  #started = false;
  #isReady = false;
  #awaitsOwnStart = false;
  #goOnTimer: Disposable | undefined;
  #quietTimer: Disposable | undefined;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** What a fresh process is told first. `cutOff`: the last turn never came to its end. */
  begin(cutOff: boolean): void {
    const task = this.#parts.task();
    this.#started = true;
    if (!task.sessionStarted) {
      this.#parts.session.send(task.prompt, task.promptId);
    } else if (cutOff) {
      this.#awaitsOwnStart = true;
      this.#waitForOwnStart();
    } else if (task.followUps.length === 0) {
      this.#goOn();
    }
    this.deliver();
  }

  /** Claude Code has answered for the first time; on a busy machine that takes long. */
  ready(): void {
    this.#isReady = true;
    this.#waitForOwnStart();
  }

  turnStarted(): void {
    this.#awaitsOwnStart = false;
    this.#goOnTimer?.dispose();
    this.#quietTimer?.dispose();
  }

  deliver(): void {
    if (!this.#started) {
      return;
    }
    for (const { id, text } of this.#parts.task().followUps.filter(message => message.state === 'queued')) {
      this.#parts.session.send(text, id);
      this.#parts.buffer.now([{ type: 'claude-panel.task.messageSent', data: { messageId: id } }]);
    }
  }

  messageState(uuid: string, state: 'queued' | 'started' | 'completed' | 'cancelled'): void {
    const message = this.#parts.task().followUps.find(other => other.id === uuid);
    if (message !== undefined && (state === 'started' || state === 'completed')) {
      this.#delivered(message);
    }
  }

  async recall(messageId: string, replacement: string | undefined): Promise<void> {
    const recalled = await this.#parts.session.recallMessage(messageId).catch(() => false);
    const message = this.#parts.task().followUps.find(other => other.id === messageId);
    if (message === undefined) {
      return;
    }
    if (!recalled) {
      const text = 'Claude has taken the message up already, so it could not be called back.';
      this.#parts.buffer.now([{ type: 'claude-panel.task.notice', data: { level: 'warning', text } }]);
      return;
    }
    this.#parts.buffer.now([{ type: 'claude-panel.task.messageWithdrawn', data: { messageId } }]);
    if (replacement !== undefined) {
      const { by } = message;
      this.#parts.buffer.now([
        {
          type: 'claude-panel.task.messageQueued',
          data: { message: { id: this.#parts.newUuid(), text: replacement, by, state: 'queued' } },
        },
      ]);
      this.deliver();
    }
  }

  /** Messages that Claude Code has, or will have, and has not taken up. */
  hasOpenMessages(): boolean {
    return this.#parts.task().followUps.length > 0;
  }

  /**
   * A turn has ended with messages open. An older Claude Code does not tell of each that it takes up (not of its own
   * commands); when no further turn begins, it has had them all.
   */
  awaitTurnOfTheirOwn(onQuiet: () => void): void {
    if (this.#parts.session.reportsMessages) {
      return;
    }
    // One that is sent meanwhile has a time of its own.
    const waited = new Set(this.#sent().map(({ id }) => id));
    this.#quietTimer?.dispose();
    this.#quietTimer = this.#parts.clock.after(OWN_TURN_MS, () => {
      for (const message of this.#sent().filter(({ id }) => waited.has(id))) {
        this.#delivered(message);
      }
      onQuiet();
    });
  }

  dispose(): void {
    this.#goOnTimer?.dispose();
    this.#quietTimer?.dispose();
  }

  #sent(): readonly FollowUp[] {
    return this.#parts.task().followUps.filter(({ state }) => state === 'sent');
  }

  #waitForOwnStart(): void {
    if (this.#isReady && this.#awaitsOwnStart) {
      this.#goOnTimer ??= this.#parts.clock.after(OWN_START_MS, () => this.#goOn());
    }
  }

  #goOn(): void {
    const { newUuid, product, buffer } = this.#parts;
    buffer.now([
      {
        type: 'claude-panel.task.messageQueued',
        data: { message: { id: newUuid(), text: CONTINUE_WORDS, by: product, state: 'queued' } },
      },
    ]);
    this.deliver();
  }

  #delivered({ id, text, by }: FollowUp): void {
    this.#parts.buffer.now([{ type: 'claude-panel.task.messageDelivered', data: { messageId: id, text, by } }]);
  }
}
