import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TaskDetail, TaskSummary } from '../../protocol/taskView.ts';
import { countText, percentText } from '../format/countText.ts';
import { moneyText } from '../format/moneyText.ts';

type ModelUsage = TaskDetail['models'][number];

/** What was used and what it cost, by model. Cached tokens are counted apart: they cost a fraction. */
export function costTab(task: TaskSummary, detail: TaskDetail): TemplateResult {
  return html`<section>
      <h2>${task.rehearsal ? 'Cost, as it would be' : 'Cost'}</h2>
      <p class="big numbers">${moneyText(task.costUsd)}</p>
      <p class="note">
        ${
          task.rehearsal
            ? 'A rehearsal: nothing is charged.'
            : `As Claude Code counts it${detail.authSource === undefined ? '' : `, paid by: ${visibleText(detail.authSource)}`}.`
        }
      </p>
    </section>
    ${detail.models.map(model => modelSection(model))} ${contextSection(detail)} ${limitsSection(task, detail)}`;
}

function modelSection(model: ModelUsage): TemplateResult {
  const rows: readonly (readonly [string, number])[] = [
    ['Input', model.inputTokens],
    ['Output', model.outputTokens],
    ['Read from cache', model.cacheReadTokens],
    ['Written to cache', model.cacheCreationTokens],
  ];
  return html`<section>
    <h2 class="model"><span class="one-line grow">${visibleText(model.model)}</span><span class="numbers">${moneyText(model.costUsd)}</span></h2>
    <dl class="table">
      ${rows.map(
        ([name, tokens]) =>
          html`<dt>${name}</dt>
            <dd class="numbers" title=${`${tokens.toLocaleString()} tokens`}>${countText(tokens)}</dd>`,
      )}
    </dl>
  </section>`;
}

function contextSection(detail: TaskDetail): unknown {
  const use = detail.context;
  if (use === undefined) {
    return nothing;
  }
  const percent = percentText(use.tokens, use.window);
  const full = use.window > 0 && use.tokens / use.window > 0.8;
  return html`<section>
    <h2>Context window</h2>
    <div class="meter" role="meter" aria-label="Context window" aria-valuenow=${use.tokens} aria-valuemin="0" aria-valuemax=${use.window} aria-valuetext=${percent}>
      <span class=${full ? 'warn' : 'info'} .style=${`inline-size:${percent.replace(' ', '')}`}></span>
    </div>
    <p class="note numbers">${percent}: ${countText(use.tokens)} of ${countText(use.window)} tokens</p>
  </section>`;
}

function limitsSection(task: TaskSummary, detail: TaskDetail): unknown {
  const { minutes, usd, turns } = detail.limits;
  const limits = [
    usd === undefined ? undefined : (['Cost', `${moneyText(task.costUsd)} of ${moneyText(usd)}`] as const),
    minutes === undefined ? undefined : (['Time', `${minutes} min`] as const),
    turns === undefined ? undefined : (['Turns', String(turns)] as const),
  ].filter(limit => limit !== undefined);
  return limits.length === 0
    ? nothing
    : html`<section>
        <h2>Limits</h2>
        <dl class="table">
          ${limits.map(
            ([name, value]) =>
              html`<dt>${name}</dt>
                <dd class="numbers">${value}</dd>`,
          )}
        </dl>
      </section>`;
}
