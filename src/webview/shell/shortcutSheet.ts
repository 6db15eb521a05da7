import { css, html, LitElement } from 'lit';
import { baseStyles } from '../styles/baseStyles.ts';

type Shortcut = readonly [keys: readonly string[], what: string];

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const MOD = IS_MAC ? '⌘' : 'Ctrl';
const ALT = IS_MAC ? '⌥' : 'Alt';

const GROUPS: readonly (readonly [title: string, shortcuts: readonly Shortcut[]])[] = [
  [
    'In the panel, outside a field',
    [
      [['/'], 'Write a new task, or to the open one'],
      [[ALT, '↓'], 'Next request that needs you'],
      [[ALT, '↑'], 'Previous request that needs you'],
      [['Esc'], 'Out of a field, then back to the list'],
      [['?'], 'This sheet'],
    ],
  ],
  [
    'Writing',
    [
      [[MOD, 'Enter'], 'Run, or send'],
      [[MOD, 'Shift', 'Enter'], 'Run, and stay in the list'],
    ],
  ],
  [
    'Tasks',
    [
      [['↑', '↓', 'Home', 'End'], 'Move'],
      [['←', '→'], 'Fold and unfold a group or a chain'],
      [['Enter'], 'Open'],
      [['F2'], 'Rename'],
      [['Del'], 'Archive what has ended'],
      [['Shift', 'F10'], 'All actions'],
    ],
  ],
  [
    'An open task',
    [
      [['↑', '↓', 'Home', 'End'], 'Move through the transcript'],
      [['Enter'], 'Fold or unfold what has the focus'],
      [['←', '→'], 'Change the tab, on the tabs'],
    ],
  ],
  [
    'An open chain',
    [
      [['↑', '↓', '←', '→', 'Home', 'End'], 'Go to the step that lies there'],
      [['Enter'], 'Show the step'],
    ],
  ],
  [
    'A request',
    [
      [['Tab'], 'To its buttons: no key answers by itself'],
      [['Enter'], 'Send the words of a denial'],
      [['Esc'], 'Do not deny after all'],
    ],
  ],
];

/** All keys of the panel, in a dialog. */
export class ShortcutSheet extends LitElement {
  static override styles = [
    ...baseStyles,
    css`
      dialog {
        inline-size: min(440px, calc(100vw - 16px));
        max-block-size: calc(100vh - 24px);
        padding: 14px 16px;
        overflow: auto;
        color: var(--foreground);
        background: var(--vscode-quickInput-background, var(--card));
        border: 1px solid var(--vscode-widget-border, var(--line));
        border-radius: var(--radius-large);
        outline: none;
        box-shadow: 0 4px 16px var(--vscode-widget-shadow, transparent);
      }
      dialog::backdrop {
        background: color-mix(in srgb, var(--vscode-editor-background) 55%, transparent);
      }
      h2 {
        margin: 0 0 4px;
        font-size: inherit;
      }
      h3 {
        margin: 12px 0 4px;
        font-size: var(--tiny);
        letter-spacing: 0.03em;
        color: var(--dim);
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, 136px) minmax(45%, 1fr);
        gap: 4px 12px;
        margin: 0;
        font-size: var(--small);
      }
      dd {
        margin: 0;
      }
      dt {
        display: flex;
        flex-wrap: wrap;
        gap: 3px;
        align-content: flex-start;
        align-items: flex-start;
      }
      kbd {
        padding: 0 5px;
        font: inherit;
        line-height: 17px;
        border: 1px solid var(--vscode-keybindingLabel-border, var(--line));
        border-radius: 3px;
        background: var(--vscode-keybindingLabel-background, transparent);
        color: var(--vscode-keybindingLabel-foreground, inherit);
        white-space: nowrap;
      }
    `,
  ];

  override render(): unknown {
    return html`<dialog aria-labelledby="sheet-title" @keydown=${this.#keydown} @click=${this.#click}>
      <h2 id="sheet-title">Keyboard</h2>
      ${GROUPS.map(
        ([title, shortcuts]) =>
          html`<h3>${title}</h3>
            <dl>
              ${shortcuts.map(
                ([keys, what]) =>
                  html`<dt>${keys.map(key => html`<kbd>${key}</kbd>`)}</dt>
                    <dd>${what}</dd>`,
              )}
            </dl>`,
      )}
    </dialog>`;
  }

  open(): void {
    this.#dialog()?.showModal();
  }

  #dialog(): HTMLDialogElement | undefined {
    return this.renderRoot.querySelector('dialog') ?? undefined;
  }

  /** The sheet swallows the keys of the panel below it. */
  readonly #keydown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === '?' || event.key === 'Escape') {
      event.preventDefault();
      this.#dialog()?.close();
    }
  };

  readonly #click = (event: MouseEvent): void => {
    if (event.target === this.#dialog()) {
      this.#dialog()?.close();
    }
  };
}

customElements.define('panel-shortcuts', ShortcutSheet);
