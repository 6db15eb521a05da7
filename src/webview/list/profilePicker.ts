import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ProfileOption } from '../../protocol/panelView.ts';
import { icon } from '../parts/icon.ts';
import type { Popover } from '../parts/popover.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { movedIndex, rovingMove } from '../virtual/rovingFocus.ts';
import { pillStyles } from './pillStyles.ts';

/** Picks a profile, and shows what the one under the pointer grants before it is picked. */
class ProfilePicker extends LitElement {
  static override properties = {
    profiles: { attribute: false },
    selected: { attribute: false },
    onPick: { attribute: false },
    shown: { state: true },
    expanded: { state: true },
  };
  declare profiles: readonly ProfileOption[];
  declare selected: ProfileOption | undefined;
  declare onPick: (name: string) => void;
  declare shown: string | undefined;
  declare expanded: boolean;

  static override styles = [
    ...baseStyles,
    pillStyles,
    css`
      [role='listbox'] {
        min-inline-size: min(320px, 86vw);
      }
      [role='option'] {
        display: flex;
        align-items: center;
        gap: 6px;
        padding: 4px 8px;
        border-radius: var(--radius);
        cursor: pointer;
        outline: none;
      }
      [role='option'][aria-selected='true'] {
        background: var(--selected);
      }
      [role='option']:focus,
      [role='option']:hover {
        background: var(--vscode-menu-selectionBackground);
        color: var(--vscode-menu-selectionForeground, inherit);
        outline: 1px solid var(--vscode-menu-selectionBorder, var(--vscode-contrastActiveBorder, transparent));
        outline-offset: -1px;
      }
      [role='option']:focus .dim,
      [role='option']:hover .dim {
        color: inherit;
        opacity: 0.85;
      }
      .name {
        flex: none;
        max-inline-size: 70%;
      }
      .grants {
        margin-block-start: 4px;
        padding: 7px 8px 5px;
        border-block-start: 1px solid var(--vscode-menu-separatorBackground, var(--line));
        font-size: var(--small);
        /* As wide as the profiles: what one of them grants moves nothing. */
        inline-size: 0;
        min-inline-size: 100%;
        max-block-size: 46vh;
        overflow: auto;
      }
      ul {
        margin: 5px 0 0;
        padding: 0;
        list-style: none;
        display: grid;
        gap: 2px;
      }
      li {
        display: flex;
        gap: 6px;
        overflow-wrap: anywhere;
      }
      li .icon {
        color: var(--dim);
      }
      .problem {
        display: flex;
        gap: 6px;
        margin-block-start: 5px;
        color: var(--bad-text);
      }
    `,
  ];

  constructor() {
    super();
    this.profiles = [];
    this.onPick = () => undefined;
    this.expanded = false;
  }

  override render(): unknown {
    const name = visibleText(this.selected?.name ?? 'no profile');
    return html`<button
        class="plain pill"
        aria-haspopup="listbox"
        aria-expanded=${this.expanded ? 'true' : 'false'}
        aria-label=${`Profile: ${name}`}
        title=${`Profile: ${name}`}
        @click=${this.#open}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            void this.#open();
          }
        }}
      >
        ${icon(this.selected?.problem === undefined ? 'plug' : 'warning', 'small')}
        <span class="one-line">${name}</span>${icon('chevron-down', 'small')}
      </button>
      <panel-popover .onClose=${() => (this.expanded = false)}>
        <div role="listbox" aria-label="Profile" @keydown=${this.#keydown}>
          ${this.profiles.map(profile => this.#option(profile))}
        </div>
        ${this.#grants()}
      </panel-popover>`;
  }

  #option(profile: ProfileOption): TemplateResult {
    const show = (): void => {
      this.shown = profile.name;
    };
    return html`<div
      role="option"
      tabindex="-1"
      aria-selected=${profile.name === this.selected?.name ? 'true' : 'false'}
      aria-describedby="grants"
      @click=${() => this.#pick(profile)}
      @focus=${show}
      @pointerenter=${show}
    >
      <span class="name one-line">${visibleText(profile.name)}</span>
      <span class="dim small one-line grow" dir="auto">${visibleText(profile.description)}</span>
      ${profile.problem === undefined ? nothing : icon('warning', 'small warn')}
      ${profile.name === this.selected?.name ? icon('check', 'small') : nothing}
    </div>`;
  }

  #grants(): unknown {
    const profile = this.profiles.find(each => each.name === this.shown) ?? this.selected;
    if (profile === undefined) {
      return nothing;
    }
    const origin = profile.source === 'workspace' ? 'from this workspace' : 'built in';
    return html`<div class="grants" id="grants">
      <div><strong>${visibleText(profile.name)}</strong> <span class="dim">${origin}</span></div>
      <ul>
        ${profile.grants.map(grant => html`<li dir="auto">${icon('check', 'small')}<span>${visibleText(grant)}</span></li>`)}
        ${
          profile.mcpServers.length === 0
            ? html`<li>${icon('mcp', 'small')}<span>No MCP server</span></li>`
            : profile.mcpServers.map(
                server => html`<li>${icon('mcp', 'small')}<span>${visibleText(server)}</span></li>`,
              )
        }
        ${
          profile.needsApproval
            ? html`<li>${icon('shield', 'small')}<span>Asks you once before what it starts or grants is used</span></li>`
            : nothing
        }
      </ul>
      ${
        profile.problem === undefined
          ? nothing
          : html`<div class="problem">${icon('error', 'small')}<span dir="auto">${visibleText(profile.problem)}</span></div>`
      }
    </div>`;
  }

  readonly #open = async (): Promise<void> => {
    this.shown = this.selected?.name;
    this.expanded = true;
    await this.updateComplete;
    const anchor = this.renderRoot.querySelector<HTMLElement>('.pill');
    if (anchor !== null) {
      this.#popover()?.showBeside(anchor);
      this.#options()[
        Math.max(
          0,
          this.profiles.findIndex(profile => profile.name === this.selected?.name),
        )
      ]?.focus();
    }
  };

  #pick(profile: ProfileOption): void {
    this.#popover()?.close();
    this.renderRoot.querySelector<HTMLElement>('.pill')?.focus();
    this.onPick(profile.name);
  }

  #popover(): Popover | undefined {
    return this.renderRoot.querySelector<Popover>('panel-popover') ?? undefined;
  }

  #options(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=option]')];
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    const options = this.#options();
    const active = options.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement);
    const move = rovingMove(event);
    const profile = this.profiles[active];
    if (move !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      options[movedIndex(move, active, options.length)]?.focus();
    } else if ((event.key === 'Enter' || event.key === ' ') && profile !== undefined && !event.repeat) {
      event.preventDefault();
      event.stopPropagation();
      this.#pick(profile);
    }
  };
}

customElements.define('panel-profile-picker', ProfilePicker);
