import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ChainDetail, ChainSummary } from '../../protocol/chainView.ts';
import { button, iconButton } from '../controls/button.ts';
import { clockText } from '../format/clockText.ts';
import { plural } from '../format/countText.ts';
import { moneyText } from '../format/moneyText.ts';
import { failureNote } from '../parts/failureNote.ts';
import { icon } from '../parts/icon.ts';
import { ticking } from '../parts/ticking.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { discardPlanned, runPlanned, stopChain } from './chainActions.ts';
import { chainLives, chainLook, chainMs } from './chainLook.ts';

interface HeaderOptions {
  readonly chain: ChainSummary;
  readonly detail: ChainDetail | undefined;
  readonly context: PanelContext;
  readonly wide: boolean;
  readonly onBack: () => void;
}

/** What the chain is, how far it is, and what can be done with it as a whole. */
export function chainHeader(options: HeaderOptions): TemplateResult {
  const { chain, detail, context, wide } = options;
  return html`<header>
    ${
      wide
        ? html`<div class="title-line">${titleText(chain)}${buttons(chain, context)}</div>`
        : html`<div class="crumb">
              <button class="plain back" @click=${options.onBack}>
                ${icon('chevron-left', 'small')}<span>Tasks</span></button
              ><span class="grow"></span>${buttons(chain, context)}${openWide(chain, context)}
            </div>
            <div class="title-line">${titleText(chain)}</div>`
    }
    ${facts(chain, context)}
    ${detail === undefined || detail.inputs.length === 0 ? nothing : inputs(detail)}
    ${
      chain.state === 'planned'
        ? html`<div class="state-line" role="status">
            ${icon('eye', 'small')}<span>This is what would run. Nothing has started.</span>
          </div>`
        : nothing
    }
    ${chain.stopping ? html`<div class="state-line" role="status">${icon('loading', 'small spin')}<span>Stopping: its agents and commands are ended</span></div>` : nothing}
    ${
      chain.ownedElsewhere === undefined
        ? nothing
        : html`<div class="state-line">
            ${icon('info', 'small')}<span>Runs in ${visibleText(chain.ownedElsewhere)}. You can answer and stop it from here.</span>
          </div>`
    }
    ${chain.failure === undefined ? nothing : failureNote(chain.failure, { label: 'Why it ended' })}
  </header>`;
}

function titleText(chain: ChainSummary): TemplateResult {
  const look = chainLook(chain);
  const title = visibleText(chain.title);
  return html`<span class="state-icon" role="img" aria-label=${look.word} title=${look.word}
      >${icon(look.icon, `${look.tone} ${look.spins === true ? 'spin' : ''}`)}</span
    >
    <h1 class="one-line" tabindex="-1" dir="auto" title=${title}>${title}</h1>`;
}

function buttons(chain: ChainSummary, context: PanelContext): TemplateResult {
  return html`<span class="buttons">
    ${
      chain.state === 'planned'
        ? html`${button({ label: 'Run', look: 'primary', onClick: () => void runPlanned(chain, context) })}
          ${button({ label: 'Close', onClick: () => discardPlanned(chain, context) })}`
        : nothing
    }
    ${
      chainLives(chain)
        ? button({
            label: 'Stop',
            disabled: chain.stopping,
            hint: 'Ends its running steps with their agents and commands, and starts none of the others',
            onClick: () => stopChain(chain, context),
          })
        : nothing
    }
  </span>`;
}

function openWide(chain: ChainSummary, context: PanelContext): TemplateResult {
  return iconButton({
    icon: 'list-tree',
    label: 'Show the graph in an editor tab',
    onClick: () => void context.actions.request({ type: 'chainAction', chainId: chain.id, action: 'openWide' }),
  });
}

function facts(chain: ChainSummary, context: PanelContext): TemplateResult {
  const command = html`<span class="one-line mono" dir="ltr">${visibleText(chain.command)}</span>`;
  if (chain.state === 'planned') {
    return html`<div class="facts numbers"><span>${plural(chain.stepsTotal, 'step')}</span>${command}</div>`;
  }
  const clock = (now: number): string => clockText(chainMs(chain, now));
  return html`<div class="facts numbers">
    <span title="What it cost so far"><b>${moneyText(chain.costUsd)}</b></span>
    <span title="Time since it began"><b>${chainLives(chain) ? ticking(context.ticker, clock) : clock(context.clock.now())}</b></span>
    <span><b>${chain.stepsDone}</b> of ${plural(chain.stepsTotal, 'step')}</span>
    ${command}
  </div>`;
}

function inputs({ inputs: given }: ChainDetail): TemplateResult {
  return html`<dl class="inputs">
    ${given.map(
      ({ name, value }) =>
        html`<div>
          <dt>${visibleText(name)}</dt>
          <dd class="one-line" dir="auto" title=${visibleText(value)}>${visibleText(value)}</dd>
        </div>`,
    )}
  </dl>`;
}
