import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ApprovalCard } from '../../protocol/approvalView.ts';
import type { ChainSummary } from '../../protocol/chainView.ts';
import type { PanelFacts } from '../../protocol/panelView.ts';
import type { TaskSummary } from '../../protocol/taskView.ts';
import '../approval/inbox.ts';
import { chainRow } from '../chain/chainRow.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { icon } from '../parts/icon.ts';
import type { Menu } from '../parts/menu.ts';
import type { RenameField } from '../parts/renameField.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import type { Navigation } from '../state/navigation.ts';
import { groupTasks } from '../state/taskGroups.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { countBadge } from '../styles/countBadge.ts';
import { movedIndex, rovingMove } from '../virtual/rovingFocus.ts';
import { VirtualRows } from '../virtual/virtualRows.ts';
import { emptyList, emptyListStyles } from './emptyList.ts';
import { type ListEntry, listEntries } from './listEntries.ts';
import { listStyles } from './listStyles.ts';
import { taskMenu } from './taskMenu.ts';
import { taskRow } from './taskRow.ts';

const ROW_ESTIMATE = 44;
const OVERSCAN = 400;

/** What needs the person, then all tasks in groups. One tab stop; arrow keys move, Enter opens. */
export class TaskList extends LitElement {
  static override properties = {
    context: { attribute: false },
    tasks: { attribute: false },
    chains: { attribute: false },
    approvals: { attribute: false },
    facts: { attribute: false },
    navigation: { attribute: false },
  };
  declare context: PanelContext;
  declare tasks: ReadonlyMap<string, TaskSummary>;
  declare chains: ReadonlyMap<string, ChainSummary>;
  declare approvals: ReadonlyMap<string, ApprovalCard>;
  declare facts: PanelFacts | undefined;
  declare navigation: Navigation;

  static override styles = [...baseStyles, controlStyles, listStyles, countBadge, emptyListStyles];

  readonly #rows = new VirtualRows(this, { estimate: ROW_ESTIMATE, overscan: OVERSCAN });
  #entries: readonly ListEntry[] = [];
  /** The row that has, or last had, the focus. */
  #current = '';

  override render(): unknown {
    const { foldedGroups, unfoldedChains, showArchived } = this.navigation;
    const groups = groupTasks(this.tasks.values(), this.context.clock.now(), showArchived, this.chains.values());
    this.#entries = listEntries({
      groups,
      folded: foldedGroups,
      unfoldedChains,
      archivedCount: [...this.tasks.values()].filter(task => task.archived).length,
      showArchived,
      olderTasks: this.facts?.olderTasks ?? 0,
    });
    this.#rows.setKeys(this.#entries.map(entry => entry.key));
    if (!this.#entries.some(entry => entry.key === this.#current)) {
      this.#current =
        this.#entries.find(entry => entry.kind === 'task' || entry.kind === 'chain')?.key ??
        this.#entries[0]?.key ??
        '';
    }
    return html`<div id="scroller">
        <panel-inbox .context=${this.context} .approvals=${this.approvals}></panel-inbox>
        <div id="rows" role="tree" aria-label="Tasks" @keydown=${this.#keydown} @focusin=${this.#focusin}>
          ${this.#rows.render(index => this.#row(index))}
        </div>
        <div>
          ${this.#entries.length === 0 && this.facts !== undefined ? emptyList(this.context, this.facts) : nothing}
        </div>
      </div>
      <panel-menu label="Task"></panel-menu><panel-rename></panel-rename>`;
  }

  /** Focuses the row of this task where it is in the list, else the one that had the focus last. */
  focusList(taskId?: string): void {
    const wanted = `task ${taskId}`;
    if (this.#entries.length === 0) {
      this.renderRoot.querySelector<HTMLElement>('.empty')?.focus();
    } else {
      this.#focusKey(this.#entries.some(({ key }) => key === wanted) ? wanted : this.#current);
    }
  }

  focusHome(): boolean {
    this.focusList();
    return true;
  }

  #row(index: number): TemplateResult {
    const entry = this.#entries[index];
    const focusable = entry?.key === this.#current;
    switch (entry?.kind) {
      case 'group':
        return html`<div
          class="group"
          data-index=${index}
          role="treeitem"
          aria-level="1"
          aria-expanded=${entry.folded ? 'false' : 'true'}
          aria-label=${`${entry.group.title}, ${entry.group.rows.length}`}
          tabindex=${focusable ? '0' : '-1'}
          @click=${() => this.#fold(entry.group.id, !entry.folded)}
        >
          <span>${entry.group.title}</span><span class="count">${entry.group.rows.length}</span>
          <span class="grow"></span>${icon(entry.folded ? 'chevron-right' : 'chevron-down', 'small')}
        </div>`;
      case 'task':
        return taskRow({
          task: entry.task,
          index,
          open: entry.task.id === this.navigation.openTaskId,
          level: entry.chainId === undefined ? 2 : 3,
          focusable,
          context: this.context,
          onOpen: () => this.#open(entry.task),
          onMenu: anchor => void this.#menu(entry.task, anchor),
        });
      case 'chain':
        return chainRow({
          ...entry,
          index,
          open: entry.chain.id === this.navigation.openChainId && this.navigation.openTaskId === undefined,
          focusable,
          context: this.context,
          onOpen: () => this.#openChain(entry.chain),
          onFold: () => this.#foldChain(entry.chain.id, entry.unfolded),
        });
      default:
        return html`<div
          class="action"
          data-index=${index}
          role="treeitem"
          aria-level="1"
          tabindex=${focusable ? '0' : '-1'}
          @click=${() => this.#act(entry?.key)}
        >
          ${entry?.label}
        </div>`;
    }
  }

  #open(task: TaskSummary): void {
    this.#current = `task ${task.id}`;
    this.context.store.dispatch({ type: 'openTask', taskId: task.id });
  }

  #openChain(chain: ChainSummary): void {
    this.#current = `chain ${chain.id}`;
    this.context.store.dispatch({ type: 'openChain', chainId: chain.id });
  }

  #act(key: string | undefined): void {
    if (key === 'archived') {
      this.#navigate({ showArchived: !this.navigation.showArchived });
    } else if (key === 'older') {
      const before = Math.min(...[...this.tasks.values()].map(task => task.created));
      this.context.host.post({ type: 'getOlderTasks', before });
    }
  }

  #fold(id: string, fold: boolean): void {
    const others = this.navigation.foldedGroups.filter(other => other !== id);
    this.#navigate({ foldedGroups: fold ? [...others, id] : others });
  }

  #foldChain(id: string, fold: boolean): void {
    const others = this.navigation.unfoldedChains.filter(other => other !== id && this.chains.has(other));
    this.#navigate({ unfoldedChains: fold ? others : [...others, id] });
  }

  #navigate(change: Partial<Navigation>): void {
    this.context.store.dispatch({ type: 'navigate', change });
  }

  async #menu(task: TaskSummary, anchor: HTMLElement): Promise<void> {
    const entries = taskMenu(task, this.context, {
      open: () => this.#open(task),
      rename: () => this.#rename(task),
    });
    await this.renderRoot.querySelector<Menu>('panel-menu')?.open(anchor, entries);
  }

  #rename(task: TaskSummary): void {
    const row = this.renderRoot.querySelector<HTMLElement>(`[data-task="${CSS.escape(task.id)}"]`);
    if (row !== null) {
      void this.renderRoot
        .querySelector<RenameField>('panel-rename')
        ?.ask(
          row,
          task.title,
          title => void this.context.actions.request({ type: 'renameTask', taskId: task.id, title }),
        );
    }
  }

  readonly #focusin = (event: FocusEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    const entry = this.#entries[Number(row?.dataset['index'])];
    if (entry !== undefined && entry.key !== this.#current) {
      this.#current = entry.key;
      this.requestUpdate();
    }
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    const entry = this.#entries.find(each => each.key === this.#current);
    const move = rovingMove(event);
    if (entry === undefined) {
      return;
    }
    if (move !== undefined) {
      const to = movedIndex(move, this.#entries.indexOf(entry), this.#entries.length);
      this.#focusKey(this.#entries[to]?.key);
    } else if (!this.#actOn(event, entry)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  /** Keys that do something with the row; returns whether this was one. */
  #actOn(event: KeyboardEvent, entry: ListEntry): boolean {
    if (event.key === 'Enter' || event.key === ' ') {
      this.#rowElement(entry.key)?.click();
      return true;
    }
    if (entry.kind === 'group' && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      this.#fold(entry.group.id, event.key === 'ArrowLeft');
      return true;
    }
    if (entry.kind === 'chain') {
      return this.#chainKey(event, entry);
    }
    return entry.kind === 'task' && this.#taskKey(event, entry);
  }

  #chainKey(event: KeyboardEvent, { chain, taskCount, unfolded }: Extract<ListEntry, { kind: 'chain' }>): boolean {
    if ((event.key === 'ArrowRight' && !unfolded && taskCount > 0) || (event.key === 'ArrowLeft' && unfolded)) {
      this.#foldChain(chain.id, unfolded);
      return true;
    }
    return false;
  }

  #taskKey(event: KeyboardEvent, { task, chainId }: Extract<ListEntry, { kind: 'task' }>): boolean {
    const row = this.#rowElement(`task ${task.id}`);
    if (event.key === 'ArrowLeft' && chainId !== undefined) {
      this.#focusKey(`chain ${chainId}`);
    } else if (event.key === 'F2') {
      this.#rename(task);
    } else if (event.key === 'Delete' && task.ended !== undefined) {
      void this.context.actions.run(task.archived ? 'unarchive' : 'archive', task.id);
    } else if ((event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) && row !== undefined) {
      void this.#menu(task, row);
    } else {
      return false;
    }
    return true;
  }

  #rowElement(key: string): HTMLElement | undefined {
    const index = this.#entries.findIndex(entry => entry.key === key);
    return this.renderRoot.querySelector<HTMLElement>(`#rows > [data-index="${index}"]`) ?? undefined;
  }

  #focusKey(key: string | undefined): void {
    const index = this.#entries.findIndex(entry => entry.key === key);
    if (key === undefined || index < 0) {
      return;
    }
    this.#current = key;
    this.#rows.scrollToIndex(index);
    this.requestUpdate();
    void this.updateComplete.then(() => this.#rowElement(key)?.focus());
  }
}

customElements.define('panel-task-list', TaskList);
