import { css, html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TaskDetail, TaskSummary } from '../../protocol/taskView.ts';
import { clockText, momentText } from '../format/clockText.ts';
import { type IconName, icon } from '../parts/icon.ts';
import { ticking } from '../parts/ticking.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { isLive } from '../state/taskGroups.ts';

/** What holds a working task up just now, and until when. */
export function banners(task: TaskSummary, detail: TaskDetail, context: PanelContext): unknown {
  if (!isLive(task.state)) {
    return nothing;
  }
  const { ticker } = context;
  const { retry, rateLimit, silentSince } = detail;
  return html`<div role="status" class="banners">
    ${
      retry === undefined
        ? nothing
        : banner(
            'refresh',
            html`${visibleText(retry.reason)}. Tries again ${ticking(ticker, now => soon(retry.nextAt - now))}, try
            ${retry.attempt} of ${retry.maxRetries}.`,
          )
    }
    ${
      rateLimit === undefined
        ? nothing
        : banner(
            'clock',
            html`${visibleText(rateLimit.text)}${
              rateLimit.resetsAt === undefined
                ? nothing
                : html` Resets at ${momentText(rateLimit.resetsAt, context.clock.now())}.`
            }`,
          )
    }
    ${
      silentSince === undefined
        ? nothing
        : banner(
            'warning',
            html`Nothing was heard for ${ticking(ticker, now => clockText(now - silentSince))}. It may still be at work;
            you can wait, or stop it.`,
          )
    }
  </div>`;
}

function soon(ms: number): string {
  return ms <= 0 ? 'now' : `in ${clockText(ms + 999)}`;
}

function banner(name: IconName, words: TemplateResult): TemplateResult {
  return html`<div class="banner">${icon(name, 'small warn')}<span class="numbers" dir="auto">${words}</span></div>`;
}

export const bannerStyles = css`
  .banner {
    display: flex;
    gap: 7px;
    align-items: flex-start;
    padding: 6px var(--gutter);
    border-block-start: 1px solid var(--line);
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  .banner .icon {
    margin-block-start: 2px;
  }
`;
