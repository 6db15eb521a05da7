import type { PanelServices } from '../../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { isFinal } from '../../core/tasks/task.ts';
import { PROTOCOL_VERSION, type ToWebview } from '../../protocol/toWebview.ts';
import { SettledApprovals } from '../settledApprovals.ts';
import { ChainFeed } from './chainFeed.ts';
import type { ConnectionParts, RevealTarget } from './connectionParts.ts';
import { dispatchMessage } from './dispatchMessage.ts';
import type { ViewPort } from './messageHandler.ts';
import { OpenTranscript } from './openTranscript.ts';
import { Outbox } from './outbox.ts';
import { type ContentParts, listChanges, openTaskMessages, panelSnapshot } from './panelContent.ts';

const FRAME_MS = 16;
const LONGEST_NOTE = 1000;

/** One view of the panel: a snapshot first, then what changes, one message a frame. Nothing is sent to a hidden view. */
export class PanelConnection implements ViewPort, Disposable {
  readonly #parts: ConnectionParts;
  readonly #owned = new DisposableStore();
  readonly #subscriptions = this.#owned.add(new DisposableStore());
  readonly #outbox = new Outbox();
  #sequence = 0;
  /** Set while the page in the view listens. */
  #isLive = false;
  #flushing: Promise<void> | undefined;
  #frame: Disposable | undefined;
  /** When the oldest change that was not sent yet came. */
  #oldestChange: number | undefined;
  readonly #chains: ChainFeed;
  #open: OpenTranscript | undefined;
  #toReveal: RevealTarget | undefined;
  /** Creation time of the oldest task in the page's list. */
  #oldestListed: number | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#chains = this.#owned.add(new ChainFeed(parts.plans, parts.current, add => this.#changed(add)));
    this.#owned.add(parts.facts.onDidChange(() => this.#changed(outbox => outbox.addFacts())));
    this.#owned.add(
      parts.onDidChangeServices(() => {
        if (this.#isLive) {
          void this.begin();
        }
      }),
    );
  }

  get isLive(): boolean {
    return this.#isLive;
  }

  /** Takes whatever the page sent; what does not fit the protocol is noted, and refused where a reply is waited for. */
  async receive(data: unknown): Promise<void> {
    const { services, actions } = this.#parts;
    const reply = await dispatchMessage(data, { connection: this, services, actions });
    if (reply !== undefined) {
      this.#post(reply);
    }
  }

  /** The page listens: tells it everything, and from now on what changes. */
  async begin(): Promise<void> {
    this.#isLive = true;
    this.#subscriptions.clear();
    this.#chains.begin();
    this.#subscribe(this.#parts.current());
    await this.sendSnapshot();
    this.tellFocus();
    if (this.#toReveal !== undefined) {
      this.reveal(this.#toReveal);
    }
  }

  /** The view is not visible any more. Its page is gone, and says `ready` when it is back. */
  hide(): void {
    this.#isLive = false;
    this.#subscriptions.clear();
    this.#outbox.clear();
    this.#chains.close();
    this.#closeTask();
  }

  async sendSnapshot(): Promise<void> {
    const { surface, clock, meter } = this.#parts;
    this.#outbox.clear();
    const { oldest, ...content } = await panelSnapshot(this.#content());
    this.#oldestListed = oldest;
    this.#sequence += 1;
    this.#post({
      type: 'snapshot',
      protocol: PROTOCOL_VERSION,
      surface,
      sequence: this.#sequence,
      ...content,
      now: clock.now(),
      ...(meter === undefined ? {} : { measure: true }),
    });
    if (this.#open !== undefined) {
      this.#changed(outbox => outbox.addDetail());
    }
  }

  async openTask(taskId: string | undefined): Promise<void> {
    const services = this.#parts.current();
    const task = taskId === undefined ? undefined : services?.log.tasks.get(taskId);
    if (services === undefined || task === undefined) {
      this.#closeTask();
      return;
    }
    const open = this.#openTranscript(task, services);
    const written = this.#parts.liveTexts.of(task.id);
    this.#changed(outbox => {
      outbox.addTask(task);
      outbox.addDetail();
      if (written.length > 0) {
        outbox.addWholeLive(written);
      }
    });
    if (isFinal(task.status) && !task.read) {
      services.tasks.markRead(task.id);
    }
    await open.whole;
    this.#changed(outbox => outbox.addDetail());
  }

  openChain(chainId: string | undefined, stepId: string | undefined): void {
    this.#chains.open(chainId, stepId);
  }

  async sendPage(taskId: string, thread: string | undefined, from: number, count: number): Promise<void> {
    const services = this.#parts.current();
    const task = services?.log.tasks.get(taskId);
    if (services !== undefined && task !== undefined) {
      this.#post(await this.#openTranscript(task, services).page(thread, from, count));
    }
  }

  /** The page may hold an unfinished task that is much older than its list goes back; the list goes on from its end. */
  sendOlderTasks(asked: number, count: number): void {
    const before = this.#oldestListed ?? asked;
    const tasks = this.#parts.current()?.log.tasks.list({ before, limit: count }) ?? [];
    this.#oldestListed = tasks.at(-1)?.created ?? this.#oldestListed;
    this.#changed(outbox => {
      for (const task of tasks) {
        outbox.addTask(task);
      }
      outbox.addFacts();
    });
  }

  /** Shows something in the page, as soon as it listens. */
  reveal(target: RevealTarget): void {
    if (!this.#isLive) {
      this.#toReveal = target;
      return;
    }
    this.#toReveal = undefined;
    const task = target.kind === 'task' ? this.#parts.current()?.log.tasks.get(target.taskId) : undefined;
    if (task !== undefined) {
      this.#changed(outbox => outbox.addTask(task));
    }
    // The page must know what it is to show.
    void this.#drain().then(() => this.#post({ type: 'reveal', target }));
  }

  tellFocus(): void {
    this.#post({ type: 'windowFocus', focused: this.#parts.isWindowFocused() });
  }

  painted(sequence: number, at: number): void {
    this.#parts.meter?.painted(sequence, at);
  }

  note(text: string): void {
    this.#parts.log(text.length <= LONGEST_NOTE ? text : `${text.slice(0, LONGEST_NOTE)}…`);
  }

  dispose(): void {
    this.hide();
    this.#frame?.dispose();
    this.#owned.dispose();
  }

  #subscribe(services: PanelServices | undefined): void {
    if (services === undefined) {
      return;
    }
    const settled = this.#subscriptions.add(
      new SettledApprovals(this.#parts.clock, id => this.#changed(outbox => outbox.removeApproval(id))),
    );
    this.#subscriptions.add(
      services.log.onDidCommit(commit => {
        this.#changed(outbox => {
          outbox.addCommit(commit, this.#open?.taskId);
          this.#chains.take(commit, outbox);
        });
        settled.take(commit);
      }),
    );
    this.#subscriptions.add(
      services.onLive(update => {
        if (update.taskId === this.#open?.taskId) {
          this.#changed(outbox => outbox.addLive(update));
        }
      }),
    );
  }

  #content(): ContentParts {
    const { facts, cards } = this.#parts;
    return { services: this.#parts.current(), facts, cards, chains: this.#chains };
  }

  #openTranscript(task: { readonly id: string; readonly cwd: string }, services: PanelServices): OpenTranscript {
    if (this.#open?.taskId === task.id) {
      return this.#open;
    }
    this.#closeTask();
    const { clock } = this.#parts;
    this.#open = new OpenTranscript({
      taskId: task.id,
      cwd: task.cwd,
      tasks: services.log.tasks,
      nextTurn: () => new Promise(resolve => void clock.after(0, resolve)),
    });
    return this.#open;
  }

  #closeTask(): void {
    this.#open?.close();
    this.#open = undefined;
    this.#outbox.forgetOpenTask();
  }

  #changed(add: (outbox: Outbox) => void): void {
    if (!this.#isLive) {
      return;
    }
    add(this.#outbox);
    if (!this.#outbox.isEmpty) {
      this.#oldestChange ??= this.#parts.clock.now();
      this.#plan();
    }
  }

  #plan(): void {
    if (this.#frame === undefined && this.#flushing === undefined && !this.#outbox.isEmpty) {
      this.#frame = this.#parts.clock.after(FRAME_MS, () => void this.#flush());
    }
  }

  async #drain(): Promise<void> {
    await this.#flushing;
    await this.#flush();
  }

  /** Sends what has collected. The next frame waits until VS Code took this one, so that a slow view gets fewer. */
  #flush(): Promise<void> {
    this.#frame?.dispose();
    this.#frame = undefined;
    this.#flushing ??= this.#sendFrame()
      .catch((error: unknown) => this.note(`The view could not be told of a change: ${String(error)}`))
      .finally(() => {
        this.#flushing = undefined;
        this.#plan();
      });
    return this.#flushing;
  }

  async #sendFrame(): Promise<void> {
    const pending = this.#outbox.take();
    const happened = this.#oldestChange ?? this.#parts.clock.now();
    this.#oldestChange = undefined;
    const changes = await listChanges(pending, this.#content(), this.#oldestListed);
    const sent: PromiseLike<unknown>[] = [];
    if (changes.length > 0) {
      this.#sequence += 1;
      this.#parts.meter?.sent(this.#sequence, happened);
      sent.push(this.#post({ type: 'changes', sequence: this.#sequence, changes }));
    }
    const messages = [
      ...this.#chains.detail(pending),
      ...(this.#open === undefined ? [] : openTaskMessages(pending, this.#open, this.#parts.current())),
    ];
    sent.push(...messages.map(message => this.#post(message)));
    await Promise.all(sent);
  }

  #post(message: ToWebview): PromiseLike<unknown> {
    return this.#isLive ? this.#parts.post(message) : Promise.resolve();
  }
}
