import * as vscode from 'vscode';
import { EXIT } from '../../app/following/exitCode.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import { DisposableStore } from '../../base/disposable.ts';
import { toFailure } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { Actor } from '../../core/events/actor.ts';
import { FollowedEnd } from './followedEnd.ts';
import { type Followed, lastOutput, progressLines } from './progressLines.ts';

/** What was started for a task of `tasks.json`; nothing when the person cancelled. */
type TerminalStart =
  | Followed
  /** It is over already, with these lines. */
  | { readonly kind: 'done'; readonly lines: readonly string[] };

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly start: () => Promise<TerminalStart | undefined>;
  readonly stop: (services: PanelServices, followed: Followed, by: Actor) => void;
  /** The terminal is gone when its work could not be stopped. */
  readonly tell: (error: unknown) => void;
}

/** A terminal of a VS Code task: tells how the work goes, and ends with the exit code of the command line. */
export class TaskTerminal implements vscode.Pseudoterminal {
  readonly #parts: Parts;
  readonly #owned = new DisposableStore();
  readonly #writes = this.#owned.add(new vscode.EventEmitter<string>());
  readonly #ends = this.#owned.add(new vscode.EventEmitter<number>());
  #followed: Followed | undefined;
  #closed = false;

  readonly onDidWrite = this.#writes.event;
  readonly onDidClose = this.#ends.event;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  open(): void {
    this.#run().then(
      code => this.#end(code),
      error => {
        const { message, detail, remedy } = toFailure(error);
        this.#say([message, detail, remedy].filter(part => part !== undefined).map(visibleText));
        this.#end(EXIT.failed);
      },
    );
  }

  /** The person ended the task. */
  close(): void {
    this.#closed = true;
    const followed = this.#followed;
    if (followed !== undefined) {
      const { services, stop, tell } = this.#parts;
      services()
        .then(running => stop(running, followed, running.actor('editor')))
        .catch(tell);
    }
    this.#owned.dispose();
  }

  async #run(): Promise<number> {
    const services = await this.#parts.services();
    const after = services.log.lastSequence();
    const followed = await this.#parts.start();
    if (followed === undefined) {
      this.#say([vscode.l10n.t('Nothing was started.')]);
      return EXIT.stopped;
    }
    if (followed.kind === 'done') {
      this.#say(followed.lines);
      return EXIT.succeeded;
    }
    this.#followed = followed;
    if (this.#closed) {
      this.close();
      return EXIT.stopped;
    }
    const code = await this.#follow(services, followed, after);
    this.#followed = undefined;
    return code;
  }

  #follow({ log }: PanelServices, followed: Followed, after: number): Promise<number> {
    const ending = this.#owned.add(new FollowedEnd(log, followed, after));
    return new Promise(resolve => {
      const look = (): void => {
        const end = ending.current();
        if (end !== undefined) {
          const run = followed.kind === 'chain' ? log.chains.get(followed.id) : undefined;
          this.#say([...(run === undefined ? [] : ['', ...lastOutput(run)]), '', visibleText(end.text)]);
          resolve(end.code);
        }
      };
      this.#owned.add(
        log.onDidCommit(commit => {
          this.#say(progressLines(commit, followed));
          look();
        }),
      );
      look();
    });
  }

  #say(lines: readonly string[]): void {
    if (!this.#closed) {
      for (const line of lines) {
        this.#writes.fire(`${line}\r\n`);
      }
    }
  }

  #end(code: number): void {
    if (!this.#closed) {
      this.#ends.fire(code);
      this.#owned.dispose();
    }
  }
}
