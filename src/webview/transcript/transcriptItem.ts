import { html, LitElement, nothing } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TranscriptItem } from '../../protocol/transcriptView.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { durationText, momentText } from '../format/clockText.ts';
import { moneyText } from '../format/moneyText.ts';
import { diffStyles } from '../parts/diffLines.ts';
import { icon } from '../parts/icon.ts';
import { todoStyles } from '../parts/todoList.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { itemStyles } from './itemStyles.ts';
import { toolItem } from './toolItem.ts';
import '../markdown/markdownText.ts';
import '../parts/longText.ts';

type Of<Kind extends TranscriptItem['kind']> = Extract<TranscriptItem, { kind: Kind }>;

const PROMPT_LINES = 14;

/** One item of a transcript. Drawn again only when the item itself changes. */
export class TranscriptItemElement extends LitElement {
  static override properties = {
    context: { attribute: false },
    taskId: { attribute: false },
    item: { attribute: false },
    live: { type: Boolean },
    open: { attribute: false },
    onToggle: { attribute: false },
  };
  declare context: PanelContext;
  declare taskId: string;
  declare item: TranscriptItem;
  /** Whether the task still works. */
  declare live: boolean;
  /** The parts that are unfolded; kept by the owner, because an item out of sight is not in the document. */
  declare open: ReadonlySet<string>;
  declare onToggle: (part: string) => void;

  static override styles = [...baseStyles, controlStyles, diffStyles, todoStyles, itemStyles];

  constructor() {
    super();
    this.open = new Set();
    this.onToggle = () => undefined;
    this.live = false;
  }

  override render(): unknown {
    const { item } = this;
    switch (item.kind) {
      case 'prompt':
        return this.#prompt(item);
      case 'text':
        return html`<div class="say">
          <panel-markdown .text=${item.text} .openLink=${this.context.actions.openLink}></panel-markdown>
        </div>`;
      case 'thinking':
        return this.#thinking(item);
      case 'tool':
        return toolItem(item, {
          context: this.context,
          taskId: this.taskId,
          live: this.live,
          isOpen: part => this.open.has(part),
          toggle: this.onToggle,
        });
      case 'notice':
        return notice(item);
      case 'decision':
        return html`<div class="decision">${icon('shield', 'small')}<span dir="auto">${visibleText(item.text)}</span></div>`;
      case 'turnEnd':
        return turnEnd(item);
    }
  }

  /** What Enter does on the whole item: folds or unfolds it. */
  activate(): void {
    if (this.item.kind === 'tool' || this.item.kind === 'thinking') {
      this.onToggle('all');
    }
  }

  #prompt(item: Of<'prompt'>): unknown {
    const origin = `Prompt by ${visibleText(item.by)}, ${momentText(item.at, this.context.clock.now())}`;
    return html`<div class="you" title=${origin}>
      <h3 class="hidden-visually">${origin}</h3>
      ${longPrompt(item.text, this.open.has('all'), () => this.onToggle('all'))}
    </div>`;
  }

  #thinking(item: Of<'thinking'>): unknown {
    const open = this.open.has('all');
    const label = item.durationMs === undefined ? 'Thought' : `Thought for ${durationText(item.durationMs)}`;
    if (item.text === '') {
      return html`<div class="decision">${label}</div>`;
    }
    return html`<button class="plain fold" aria-expanded=${open ? 'true' : 'false'} @click=${() => this.onToggle('all')}>
        ${icon(open ? 'chevron-down' : 'chevron-right', 'small')}<span>${label}</span>
      </button>
      ${open ? html`<div class="thought" dir="auto" tabindex="0">${visibleText(item.text)}</div>` : nothing}`;
  }
}

function longPrompt(text: string, open: boolean, toggle: () => void): unknown {
  const lines = text.split('\n');
  const long = lines.length > PROMPT_LINES + 2 || text.length > 4000;
  const shown = long && !open ? lines.slice(0, PROMPT_LINES).join('\n').slice(0, 2000) : text;
  return html`<span class="prompt" dir="auto">${visibleText(shown)}</span>${
    long
      ? html`<br /><button class="plain link" @click=${toggle}>
            ${open ? 'Show less' : `Show all of it, ${lines.length} lines`}
          </button>`
      : nothing
  }`;
}

function notice(item: Of<'notice'>): unknown {
  const look = { info: ['info', 'dim'], warning: ['warning', 'warn'], error: ['error', 'bad'] } as const;
  const [name, tone] = look[item.level];
  return html`<div class="notice ${item.level}">
    ${icon(name, `small ${tone}`)}
    <span dir="auto"
      >${visibleText(item.text)}${
        item.remedy === undefined ? nothing : html`<span class="remedy">${visibleText(item.remedy)}</span>`
      }</span
    >
  </div>`;
}

const OUTCOMES = {
  succeeded: { word: 'Done', name: 'check', tone: 'ok' },
  interrupted: { word: 'Interrupted', name: 'circle-slash', tone: 'dim' },
  limit: { word: 'Limit reached', name: 'clock', tone: 'warn' },
  failed: { word: 'Failed', name: 'error', tone: 'bad' },
} as const;

function turnEnd(item: Of<'turnEnd'>): unknown {
  const { word, name, tone } = OUTCOMES[item.outcome];
  return html`<div class="turn-end">
    ${icon(name, `small ${tone}`)}<span class="words"
      >${word} · ${moneyText(item.costUsd)} · ${durationText(item.durationMs)}${
        item.text === undefined || item.text === ''
          ? nothing
          : html` · <span dir="auto">${visibleText(item.text)}</span>`
      }</span
    >
  </div>`;
}

customElements.define('panel-transcript-item', TranscriptItemElement);
