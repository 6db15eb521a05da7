import { css, html, LitElement, nothing } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { PanelFacts } from '../../protocol/panelView.ts';
import { button } from '../controls/button.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import type { TextInput } from '../controls/textInput.ts';
import { icon } from '../parts/icon.ts';
import type { Menu } from '../parts/menu.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import type { Navigation } from '../state/navigation.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { fieldBoxStyles } from '../styles/fieldBoxStyles.ts';
import { pillStyles } from './pillStyles.ts';
import './profilePicker.ts';
import { chosenProfile, factsIn, mayRun, type RunReadiness, runReadiness } from './runReadiness.ts';

/** The field in which a new task begins. */
class Compose extends LitElement {
  static override properties = {
    context: { attribute: false },
    facts: { attribute: false },
    navigation: { attribute: false },
    running: { state: true },
    explained: { state: true },
  };
  declare context: PanelContext;
  declare facts: PanelFacts | undefined;
  declare navigation: Navigation;
  declare running: boolean;
  /** Whether the details of what is in the way are shown. */
  declare explained: boolean;

  static override styles = [
    ...baseStyles,
    controlStyles,
    fieldBoxStyles,
    pillStyles,
    css`
      :host {
        padding: 8px var(--gutter) 10px;
        --input-min-height: 3.4em;
      }
      .blocked {
        display: flex;
        gap: 6px;
        align-items: flex-start;
        margin-block-start: 7px;
        font-size: var(--small);
        color: var(--dim);
        overflow-wrap: anywhere;
      }
      .blocked > .icon {
        margin-block-start: 2px;
      }
      .blocked .detail {
        max-block-size: 30vh;
        margin-block-start: 4px;
        overflow-y: auto;
      }
      .remedies {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin-block-start: 5px;
      }
      .remedies:not(:has(*)) {
        display: none;
      }
    `,
  ];

  constructor() {
    super();
    this.running = false;
    this.explained = false;
  }

  override render(): unknown {
    const facts = factsIn(this.facts, this.navigation.folder);
    const profile = chosenProfile(facts, this.navigation.profile);
    const readiness = runReadiness(facts, profile, this.navigation.draft);
    return html`<div class="field-box">
        <panel-text-input
          label="What should Claude do?"
          placeholder="What should Claude do?"
          .value=${this.navigation.draft}
          .onInput=${this.#input}
          .onSubmit=${() => void this.#run(true)}
          @keydown=${this.#keydown}
        ></panel-text-input>
        <div class="field-actions">
          <panel-profile-picker
            .profiles=${facts?.profiles ?? []}
            .selected=${profile}
            .onPick=${this.#pickProfile}
          ></panel-profile-picker>
          ${this.#folder()}
          <span class="grow"></span>
          ${button({
            label: 'Run',
            look: 'primary',
            hint:
              readiness.state === 'empty'
                ? 'Say what Claude should do, then run it.'
                : 'Run (Ctrl+Enter). With Shift it runs and you stay here.',
            disabled: !mayRun(readiness) || this.running,
            onClick: event => void this.#run(!event.shiftKey),
          })}
        </div>
      </div>
      ${this.#blocked(readiness)}<panel-menu label="Folder"></panel-menu>`;
  }

  override focus(): void {
    this.renderRoot.querySelector<TextInput>('panel-text-input')?.focus();
  }

  focusHome(): boolean {
    this.focus();
    return true;
  }

  #blocked(readiness: RunReadiness): unknown {
    if (readiness.state !== 'blocked') {
      return nothing;
    }
    const { reason, detail, command } = readiness;
    return html`<div class="blocked" role="status">
      ${icon('info', 'small')}
      <div class="grow">
        <div dir="auto">${visibleText(reason)}</div>
        ${this.explained && detail !== undefined ? html`<div class="detail" dir="auto">${visibleText(detail)}</div>` : nothing}
        <div class="remedies">
          ${
            command === undefined
              ? nothing
              : button({ label: visibleText(command.title), onClick: () => this.context.actions.command(command.id) })
          }
          ${
            detail === undefined
              ? nothing
              : button({
                  label: this.explained ? 'Less' : 'Details',
                  look: 'quiet',
                  expanded: this.explained,
                  onClick: () => {
                    this.explained = !this.explained;
                  },
                })
          }
        </div>
      </div>
    </div>`;
  }

  #folder(): unknown {
    const folders = this.facts?.folders ?? [];
    if (folders.length < 2) {
      return nothing;
    }
    const chosen = folders.find(({ path }) => path === this.navigation.folder) ?? folders[0];
    return html`<button
      class="plain pill"
      aria-haspopup="menu"
      aria-label=${`Folder: ${visibleText(chosen?.name ?? '')}`}
      title=${visibleText(chosen?.path ?? '')}
      @click=${(event: MouseEvent) =>
        void this.renderRoot.querySelector<Menu>('panel-menu')?.open(
          event.currentTarget as HTMLElement,
          folders.map(folder => ({
            label: visibleText(folder.name),
            code: visibleText(folder.path),
            icon: folder === chosen ? 'check' : 'folder',
            run: () => this.#navigate({ folder: folder.path }),
          })),
        )}
    >
      ${icon('folder', 'small')}<span class="one-line">${visibleText(chosen?.name ?? '')}</span>${icon('chevron-down', 'small')}
    </button>`;
  }

  readonly #input = (draft: string): void => this.#navigate({ draft });

  readonly #pickProfile = (profile: string): void => {
    this.#navigate({ profile });
    this.context.host.post({ type: 'selectProfile', profile });
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.shiftKey && (event.ctrlKey || event.metaKey) && !event.repeat) {
      event.preventDefault();
      event.stopPropagation();
      void this.#run(false);
    }
  };

  #navigate(change: Partial<Navigation>): void {
    this.context.store.dispatch({ type: 'navigate', change });
  }

  async #run(open: boolean): Promise<void> {
    const { draft, folder } = this.context.store.state.navigation;
    const facts = factsIn(this.facts, folder);
    const profile = chosenProfile(facts, this.navigation.profile);
    if (this.running || profile === undefined || !mayRun(runReadiness(facts, profile, draft))) {
      return;
    }
    this.running = true;
    const chosenFolder = this.facts?.folders.find(({ path }) => path === folder) ?? this.facts?.folders[0];
    const reply = await this.context.actions.request({
      type: 'runTask',
      prompt: draft,
      profile: profile.name,
      ...(chosenFolder === undefined ? {} : { folder: chosenFolder.path }),
    });
    this.running = false;
    if (reply.failure !== undefined) {
      return;
    }
    if (this.context.store.state.navigation.draft === draft) {
      this.#navigate({ draft: '' });
    }
    if (open && reply.taskId !== undefined) {
      this.context.store.dispatch({ type: 'openTask', taskId: reply.taskId });
    }
  }
}

customElements.define('panel-compose', Compose);
