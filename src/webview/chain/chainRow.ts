import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ChainSummary } from '../../protocol/chainView.ts';
import { iconButton } from '../controls/button.ts';
import { clockText } from '../format/clockText.ts';
import { moneyText } from '../format/moneyText.ts';
import { icon } from '../parts/icon.ts';
import { ticking } from '../parts/ticking.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { stopChain } from './chainActions.ts';
import { chainActivity, chainLives, chainLook, chainMs, spokenChain } from './chainLook.ts';

interface RowOptions {
  readonly chain: ChainSummary;
  readonly taskCount: number;
  readonly unfolded: boolean;
  readonly index: number;
  readonly open: boolean;
  readonly focusable: boolean;
  readonly context: PanelContext;
  readonly onOpen: () => void;
  readonly onFold: () => void;
}

/** A chain in the list, like a task; its tasks unfold below it. */
export function chainRow(options: RowOptions): TemplateResult {
  const { chain, context } = options;
  const look = chainLook(chain);
  const activity = visibleText(chainActivity(chain));
  const title = visibleText(chain.title);
  return html`<div
    class="row ${options.open ? 'open' : ''}"
    data-index=${options.index}
    data-chain=${chain.id}
    role="treeitem"
    aria-level="2"
    aria-selected=${options.open ? 'true' : 'false'}
    aria-expanded=${options.taskCount === 0 ? nothing : options.unfolded ? 'true' : 'false'}
    aria-label=${visibleText(spokenChain(chain, context.clock.now()))}
    tabindex=${options.focusable ? '0' : '-1'}
    @click=${options.onOpen}
  >
    ${icon(look.icon, `state ${look.tone} ${look.spins === true ? 'spin' : ''}`)}
    <span class="title one-line" dir="auto" title=${title}>${title}</span>
    <span class="facts numbers" aria-hidden="true">${facts(chain, context)}</span>
    <span class="actions">${actions(options)}</span>
    ${activity === '' ? nothing : html`<span class="activity one-line" dir="auto" title=${activity}>${activity}</span>`}
    ${
      chainLives(chain)
        ? html`<span class="progress" aria-hidden="true"
            ><span class=${look.tone} .style=${`inline-size:${Math.round((chain.stepsDone / Math.max(1, chain.stepsTotal)) * 100)}%`}></span
          ></span>`
        : nothing
    }
  </div>`;
}

function facts(chain: ChainSummary, context: PanelContext): unknown {
  if (chain.state === 'queued') {
    return 'queued';
  }
  const clock = (now: number): string => clockText(chainMs(chain, now));
  return html`${moneyText(chain.costUsd)} · ${chainLives(chain) ? ticking(context.ticker, clock) : clock(context.clock.now())}`;
}

function actions({ chain, taskCount, unfolded, context, onFold }: RowOptions): unknown {
  const title = visibleText(chain.title);
  return [
    ...(chainLives(chain)
      ? [
          iconButton({
            icon: 'stop',
            label: `Stop: ${title}`,
            untabbable: true,
            onClick: event => {
              event.stopPropagation();
              stopChain(chain, context);
            },
          }),
        ]
      : []),
    ...(taskCount > 0
      ? [
          iconButton({
            icon: unfolded ? 'chevron-down' : 'chevron-right',
            label: `${unfolded ? 'Hide' : 'Show'} its tasks: ${title}`,
            untabbable: true,
            onClick: event => {
              event.stopPropagation();
              onFold();
            },
          }),
        ]
      : []),
  ];
}
