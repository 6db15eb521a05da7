import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { taskMenu } from '../list/taskMenu.ts';
import { diffStyles } from '../parts/diffLines.ts';
import { failureNoteStyles } from '../parts/failureNote.ts';
import type { Menu } from '../parts/menu.ts';
import '../parts/longText.ts';
import type { RenameField } from '../parts/renameField.ts';
import { todoStyles } from '../parts/todoList.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import type { TaskTab } from '../state/navigation.ts';
import { MAIN_THREAD, type PanelState } from '../state/panelState.ts';
import { isLive } from '../state/taskGroups.ts';
import { emptyThread } from '../state/thread.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import '../transcript/transcript.ts';
import { bannerStyles, banners } from './banners.ts';
import { changeStrip, changeStripStyles } from './changeStrip.ts';
import { changesStyles, changesTab } from './changesTab.ts';
import { costTab } from './costTab.ts';
import { detailsTab } from './detailsTab.ts';
import './followUp.ts';
import type { FollowUp } from './followUp.ts';
import { planStrip, planStyles } from './planStrip.ts';
import { ladderStyles } from './stopLadder.ts';
import { sectionStyles } from './tabStyles.ts';
import { headerStyles, taskHeader } from './taskHeader.ts';
import { tabStyles, taskTabs } from './taskTabs.ts';
import { toolsTab } from './toolsTab.ts';

/** One task, open: what it is, what it does, what it asks, and what can be said to it. */
export class TaskView extends LitElement {
  static override properties = {
    context: { attribute: false },
    state: { attribute: false },
    wide: { type: Boolean },
  };
  declare context: PanelContext;
  declare state: PanelState;
  declare wide: boolean;

  static override styles = [
    ...baseStyles,
    controlStyles,
    headerStyles,
    failureNoteStyles,
    ladderStyles,
    tabStyles,
    planStyles,
    bannerStyles,
    changesStyles,
    changeStripStyles,
    todoStyles,
    diffStyles,
    sectionStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
        container: task / inline-size;
      }
      .panel {
        display: flex;
        flex-direction: column;
        flex: 1;
        min-block-size: 0;
      }
      panel-transcript {
        flex: 1;
      }
      .lost {
        padding: 16px var(--gutter);
        color: var(--dim);
      }
    `,
  ];

  override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get('state') as PanelState | undefined;
    return changed.size > 1 || !changed.has('state') || before === undefined || this.#differs(before);
  }

  override render(): unknown {
    const { state, context } = this;
    const { openTaskId, tab } = state.navigation;
    const task = openTaskId === undefined ? undefined : state.tasks.get(openTaskId);
    if (task === undefined) {
      return html`<div class="lost"><button class="plain" @click=${this.#back}>‹ ${this.#backTo()}</button><p>Loading the task…</p></div>`;
    }
    const { detail } = state;
    return html`${taskHeader({
      task,
      detail,
      context,
      wide: this.wide,
      backTo: this.#backTo(),
      onBack: this.#back,
      onRename: () => this.rename(),
      onMenu: anchor => void this.#openMenu(anchor),
    })}
      ${taskTabs({ task, detail, selected: tab, onSelect: this.#select })}
      <div class="panel" id="tab-panel" role="tabpanel" aria-labelledby=${`tab-${tab}`}>${this.#panel(tab)}</div>
      ${detail === undefined ? nothing : banners(task, detail, context)} ${changeStrip(task, context)}
      <panel-follow-up
        .context=${context}
        .task=${task}
        .detail=${detail}
        .draft=${state.navigation.followUps[task.id] ?? ''}
      ></panel-follow-up>
      <panel-menu label="Task"></panel-menu><panel-rename></panel-rename>`;
  }

  focusMessage(): void {
    this.renderRoot.querySelector<FollowUp>('panel-follow-up')?.focus();
  }

  /** Puts the focus where the task begins, for the keyboard and for screen readers: on the way back until it is there. */
  focusHeader(): void {
    this.renderRoot.querySelector<HTMLElement>('h1, .lost button')?.focus();
  }

  focusHome(): boolean {
    this.focusHeader();
    return true;
  }

  rename(): void {
    const task = this.#task();
    const title = this.renderRoot.querySelector<HTMLElement>('h1');
    if (task !== undefined && title !== null) {
      void this.renderRoot
        .querySelector<RenameField>('panel-rename')
        ?.ask(
          title,
          task.title,
          name => void this.context.actions.request({ type: 'renameTask', taskId: task.id, title: name }),
        );
    }
  }

  #panel(tab: TaskTab): unknown {
    const { state, context } = this;
    const task = this.#task();
    const { detail } = state;
    if (task === undefined) {
      return nothing;
    }
    if (tab === 'transcript') {
      return html`${planStrip({
        todos: detail?.todos ?? [],
        live: isLive(task.state),
        open: state.navigation.planOpen,
        onToggle: () => context.store.dispatch({ type: 'navigate', change: { planOpen: !state.navigation.planOpen } }),
      })}<panel-transcript
          .context=${context}
          .task=${task}
          .thread=${state.threads.get(MAIN_THREAD) ?? emptyThread}
          .live=${state.live}
          .approvals=${state.approvals}
          .follow=${state.navigation.follow}
        ></panel-transcript>`;
    }
    if (detail === undefined) {
      return html`<p class="nothing">Loading…</p>`;
    }
    return html`<div class="sections" tabindex="-1">
      ${{
        changes: () => changesTab(detail, isLive(task.state), context),
        tools: () => toolsTab(detail, context, isLive(task.state)),
        cost: () => costTab(task, detail),
        details: () => detailsTab(task, detail, context),
      }[tab]()}
    </div>`;
  }

  /** The name of what is behind the task: its chain, or the list. */
  #backTo(): string {
    const { chains, navigation } = this.state;
    const chain = navigation.openChainId === undefined ? undefined : chains.get(navigation.openChainId);
    return chain === undefined ? 'Tasks' : visibleText(chain.title);
  }

  #task(): ReturnType<PanelState['tasks']['get']> {
    const { openTaskId } = this.state.navigation;
    return openTaskId === undefined ? undefined : this.state.tasks.get(openTaskId);
  }

  /** Other tasks change all the time; that is no reason to draw this one. */
  #differs(before: PanelState): boolean {
    const { state } = this;
    const id = state.navigation.openTaskId ?? '';
    return (
      before.navigation !== state.navigation ||
      before.tasks.get(id) !== state.tasks.get(id) ||
      before.detail !== state.detail ||
      before.live !== state.live ||
      before.approvals !== state.approvals ||
      before.threads.get(MAIN_THREAD) !== state.threads.get(MAIN_THREAD)
    );
  }

  readonly #back = (): void => {
    this.context.store.dispatch({ type: 'back' });
  };

  readonly #select = (tab: TaskTab): void => {
    this.context.store.dispatch({ type: 'navigate', change: { tab } });
  };

  async #openMenu(anchor: HTMLElement): Promise<void> {
    const task = this.#task();
    if (task !== undefined) {
      const entries = taskMenu(task, this.context, { rename: () => this.rename() });
      await this.renderRoot.querySelector<Menu>('panel-menu')?.open(anchor, entries);
    }
  }
}

customElements.define('panel-task-view', TaskView);
