import { html, LitElement, nothing } from 'lit';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import type { Inbox } from '../approval/inbox.ts';
import '../chain/chainView.ts';
import type { ChainView } from '../chain/chainView.ts';
import { button } from '../controls/button.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { isComposing } from '../controls/textInput.ts';
import '../list/compose.ts';
import '../list/footer.ts';
import { healthStyles } from '../list/healthList.ts';
import '../list/taskList.ts';
import type { TaskList } from '../list/taskList.ts';
import { icon } from '../parts/icon.ts';
import '../parts/menu.ts';
import '../parts/popover.ts';
import '../parts/renameField.ts';
import type { PanelState, RevealTarget } from '../state/panelState.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import '../task/taskView.ts';
import type { TaskView } from '../task/taskView.ts';
import { announcements } from './announcements.ts';
import { deepActiveElement, FocusKeeper } from './focusKeeper.ts';
import { type GlobalKey, globalKey, isField } from './globalKeys.ts';
import { overview, overviewStyles } from './overview.ts';
import type { PanelContext } from './panelContext.ts';
import { rootStyles } from './rootStyles.ts';
import './shortcutSheet.ts';
import type { ShortcutSheet } from './shortcutSheet.ts';
import './toasts.ts';

/** From this width on the list and the open task stand side by side, in px. */
const WIDE_FROM = 800;

/** The whole panel: the list, the open task, or both. */
export class PanelRoot extends LitElement {
  static override properties = {
    context: { attribute: false },
    state: { state: true },
    wide: { state: true },
  };
  declare context: PanelContext | undefined;
  declare state: PanelState | undefined;
  declare wide: boolean;
  readonly #owned = new DisposableStore();
  #revealed = 0;
  #openBefore: string | undefined;

  static override styles = [...baseStyles, controlStyles, healthStyles, overviewStyles, rootStyles];

  constructor() {
    super();
    this.wide = false;
  }

  /** Begins to show the state. */
  start(context: PanelContext): Disposable {
    this.context = context;
    this.state = context.store.state;
    this.#openBefore = this.state.navigation.openTaskId ?? this.state.navigation.openChainId;
    this.#owned.add(context.store.onFrame(state => this.#show(state)));
    this.#owned.add(context.store.onChange((state, before) => this.#announce(state, before)));
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(this);
    this.#measure();
    this.#owned.add(new FocusKeeper());
    // On the document: while a part of the panel goes, nothing in it has the focus.
    document.addEventListener('keydown', this.#keydown);
    return this.#owned;
  }

  override render(): unknown {
    const { state, context, wide } = this;
    if (state === undefined || context === undefined) {
      return nothing;
    }
    const { navigation, facts } = state;
    const somethingOpen = navigation.openTaskId !== undefined || navigation.openChainId !== undefined;
    return html`<div class="layout ${wide ? 'wide' : ''}">
        <section class="list" aria-label="Tasks" ?hidden=${!wide && somethingOpen}>
          ${this.#notices(state)}
          <panel-compose .context=${context} .facts=${facts} .navigation=${navigation}></panel-compose>
          <panel-task-list
            .context=${context}
            .tasks=${state.tasks}
            .chains=${state.chains}
            .approvals=${state.approvals}
            .facts=${facts}
            .navigation=${navigation}
          ></panel-task-list>
          <panel-footer .context=${context} .facts=${facts} .onKeys=${() => this.#sheet()?.open()}></panel-footer>
        </section>
        ${this.#opened(state, context)}
      </div>
      <panel-toasts .context=${context}></panel-toasts>
      <panel-shortcuts></panel-shortcuts>
      <div class="hidden-visually" aria-live="polite" id="polite"></div>
      <div class="hidden-visually" aria-live="assertive" id="assertive"></div>`;
  }

  #opened(state: PanelState, context: PanelContext): unknown {
    const { openTaskId, openChainId } = state.navigation;
    if (openTaskId !== undefined) {
      return html`<section class="task" aria-label="Open task">
        <panel-task-view .context=${context} .state=${state} ?wide=${this.wide}></panel-task-view>
      </section>`;
    }
    if (openChainId !== undefined) {
      return html`<section class="task" aria-label="Open chain">
        <panel-chain-view .context=${context} .state=${state} ?wide=${this.wide}></panel-chain-view>
      </section>`;
    }
    return this.wide
      ? html`<section class="task" aria-label="Overview">${overview(state, context)}</section>`
      : nothing;
  }

  override updated(): void {
    const { state } = this;
    if (state?.reveal !== undefined && state.reveal.number !== this.#revealed) {
      this.#revealed = state.reveal.number;
      void this.#reveal(state.reveal.target);
    }
    const open = state?.navigation.openTaskId ?? state?.navigation.openChainId;
    if (open !== this.#openBefore) {
      this.#moveFocus(this.#openBefore, open);
      this.#openBefore = open;
    }
  }

  focusHome(): boolean {
    if (this.state?.navigation.openTaskId === undefined) {
      this.#list()?.focusList();
    } else {
      this.#view()?.focusHeader();
    }
    return true;
  }

  #notices(state: PanelState): unknown {
    return html`${
      state.facts?.rehearsal === true
        ? html`<div class="strip" role="note" title="The real Claude Code runs against a prepared model: no account is used.">
            ${icon('beaker', 'small')}<span class="grow">Rehearsal: nothing is charged.</span>
            ${button({
              label: 'End',
              look: 'quiet',
              hint: 'Ends the rehearsal',
              onClick: () => this.context?.actions.command('claudePanel.stopRehearsal'),
            })}
          </div>`
        : nothing
    }
    ${state.protocolMismatch ? html`<div class="strip" role="alert">${icon('warning', 'small warn')}<span>This view is older than the extension. Reload the window.</span></div>` : nothing}`;
  }

  #show(state: PanelState): void {
    this.state = state;
    if (state.measure && this.context !== undefined) {
      const { host } = this.context;
      void this.updateComplete.then(() => host.post({ type: 'painted', sequence: state.sequence, at: Date.now() }));
    }
  }

  #measure(): void {
    this.wide = this.clientWidth >= WIDE_FROM;
  }

  /** The focus goes along only when it was in what has just been left. */
  #moveFocus(before: string | undefined, open: string | undefined): void {
    const focused = document.activeElement === this || document.activeElement === document.body;
    if (!focused || !document.hasFocus() || this.wide) {
      return;
    }
    if (open === undefined) {
      void this.updateComplete.then(() => this.#list()?.focusList(before));
    } else {
      void this.updateComplete.then(() => (this.#view() ?? this.#chain())?.focusHeader());
    }
  }

  async #reveal(target: RevealTarget): Promise<void> {
    await this.updateComplete;
    switch (target.kind) {
      case 'compose':
        this.renderRoot.querySelector<HTMLElement>('panel-compose')?.focus();
        break;
      case 'list':
        this.#list()?.focusList();
        break;
      case 'approval':
        this.#inboxes().some(inbox => inbox.focusApproval(target.approvalId));
        break;
      case 'task':
        this.#view()?.focusHeader();
        break;
      case 'chain':
        this.#chain()?.focusHeader();
        break;
    }
  }

  #announce(state: PanelState, before: PanelState): void {
    for (const { urgent, text } of announcements(state, before)) {
      const region = this.renderRoot.querySelector(urgent ? '#assertive' : '#polite');
      if (region !== null) {
        region.textContent = text;
      }
    }
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isComposing(event)) {
      return;
    }
    const key = globalKey(event, isField(event.composedPath()[0]));
    if (key !== undefined && this.#act(key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  #act(key: GlobalKey): boolean {
    // The newest state, which may not be drawn yet.
    const taskOpen = this.context?.store.state.navigation.openTaskId !== undefined;
    switch (key) {
      case 'keys':
        this.#sheet()?.open();
        return true;
      case 'write':
        if (taskOpen && !this.wide) {
          this.#view()?.focusMessage();
        } else {
          this.renderRoot.querySelector<HTMLElement>('panel-compose')?.focus();
        }
        return true;
      case 'rename':
        this.#view()?.rename();
        return taskOpen;
      case 'nextRequest':
      case 'previousRequest':
        return this.#inboxes().some(inbox => inbox.focusCard(key === 'nextRequest' ? 1 : -1));
      case 'back':
        return this.#back(taskOpen || this.context?.store.state.navigation.openChainId !== undefined);
    }
  }

  /** First out of the field, then out of the task or the chain. */
  #back(somethingOpen: boolean): boolean {
    const active = deepActiveElement();
    if (isField(active)) {
      if (somethingOpen && !this.wide) {
        (this.#view() ?? this.#chain())?.focusHeader();
      } else {
        this.#list()?.focusList();
      }
      return true;
    }
    if (somethingOpen) {
      this.context?.store.dispatch({ type: 'back' });
    }
    return somethingOpen;
  }

  /** The inboxes that can be seen: that of the open task first. */
  #inboxes(): Inbox[] {
    const places = [
      this.#view()?.renderRoot.querySelector('panel-transcript')?.shadowRoot,
      this.#chain()?.renderRoot,
      this.renderRoot.querySelector('.list')?.hasAttribute('hidden') === true ? undefined : this.#list()?.renderRoot,
    ];
    return places.flatMap(place => place?.querySelector<Inbox>('panel-inbox') ?? []);
  }

  #view(): TaskView | undefined {
    return this.renderRoot.querySelector<TaskView>('panel-task-view') ?? undefined;
  }

  #chain(): ChainView | undefined {
    return this.renderRoot.querySelector<ChainView>('panel-chain-view') ?? undefined;
  }

  #list(): TaskList | undefined {
    return this.renderRoot.querySelector<TaskList>('panel-task-list') ?? undefined;
  }

  #sheet(): ShortcutSheet | undefined {
    return this.renderRoot.querySelector<ShortcutSheet>('panel-shortcuts') ?? undefined;
  }
}

customElements.define('panel-root', PanelRoot);
