import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TranscriptItem } from '../../protocol/transcriptView.ts';
import { durationText } from '../format/clockText.ts';
import { plural } from '../format/countText.ts';
import { changeCounts, diffLines } from '../parts/diffLines.ts';
import { icon } from '../parts/icon.ts';
import { todoList } from '../parts/todoList.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { readTodoInput } from './todoInput.ts';
import { isPlanTool, previewLines, toolIcon, toolLine } from './toolLook.ts';

export type ToolItem = Extract<TranscriptItem, { kind: 'tool' }>;

interface ToolSurroundings {
  readonly context: PanelContext;
  readonly taskId: string;
  /** Whether the task still works, so that something can be in progress. */
  readonly live: boolean;
  isOpen(part: string): boolean;
  toggle(part: string): void;
}

/** Calls that took less happened at once, to a person. */
const WORTH_SAYING_MS = 50;
const DIFF_LINES = 6;
const INPUT_LINES = 12;
const OUTPUT_LINES = 30;

/** A tool call: one line, a glimpse of what came out, and everything on request. */
export function toolItem(item: ToolItem, around: ToolSurroundings): TemplateResult {
  const open = around.isOpen('all');
  const running = item.status === 'running' && around.live;
  const line = visibleText(lineOf(item));
  const slim = isPlanStep(item) && item.status !== 'error';
  return html`<div class="tool ${slim ? 'slim' : ''} ${open ? 'is-open' : ''} ${running && !slim ? 'is-running' : ''}">
    <button
      class="plain head"
      aria-expanded=${open ? 'true' : 'false'}
      aria-label=${`${line}, ${spokenStatus(item, running)}`}
      title=${line}
      @click=${() => around.toggle('all')}
    >
      ${headIcon(item, running)}<span class="line-text" dir="ltr">${line}</span>${side(item)}
    </button>
    ${open ? everything(item, around) : glimpse(item, around)} ${subAgent(item, around)}
  </div>`;
}

/** A change of the plan that shows no plan by itself: the strip above the transcript does. */
function isPlanStep(item: ToolItem): boolean {
  return isPlanTool(item.name) && readTodoInput(item.input) === undefined;
}

function lineOf(item: ToolItem): string {
  const todos = item.name === 'TodoWrite' ? readTodoInput(item.input) : undefined;
  return todos === undefined
    ? toolLine(item.name, item.summary)
    : `Plan: ${todos.filter(todo => todo.status === 'completed').length} of ${todos.length} done`;
}

function headIcon(item: ToolItem, running: boolean): TemplateResult {
  if (running) {
    return icon('loading', 'small info spin');
  }
  switch (item.status) {
    case 'error':
      return icon('error', 'small bad');
    case 'denied':
      return icon('circle-slash', 'small');
    default:
      return icon(toolIcon(item.name), 'small');
  }
}

function spokenStatus(item: ToolItem, running: boolean): string {
  if (running) {
    return 'running';
  }
  return { running: 'not finished', ok: 'done', error: 'failed', denied: 'denied' }[item.status];
}

function side(item: ToolItem): unknown {
  if (item.diff !== undefined && item.status !== 'denied') {
    return changeCounts(item.diff);
  }
  const words = [
    item.status === 'denied' ? (item.decision ?? 'denied') : '',
    item.nested === undefined ? '' : plural(item.nested, 'step'),
    item.durationMs === undefined || item.durationMs < WORTH_SAYING_MS ? '' : durationText(item.durationMs),
  ].filter(word => word !== '');
  return words.length === 0 ? nothing : html`<span class="side">${visibleText(words.join(' · '))}</span>`;
}

/** What is worth seeing without being asked for. */
function glimpse(item: ToolItem, around: ToolSurroundings): unknown {
  if (item.name === 'TodoWrite') {
    const todos = readTodoInput(item.input);
    return todos === undefined ? nothing : html`<div class="part">${todoList(todos, around.live)}</div>`;
  }
  if (item.diff !== undefined) {
    return diffPart(item, around);
  }
  const lines = previewLines(item.name, item.status === 'error');
  return lines === 0 ? nothing : output(item, around, lines);
}

function everything(item: ToolItem, around: ToolSurroundings): unknown {
  return html`${
    item.input === '' || item.input === '{}'
      ? nothing
      : html`<div class="part">
          <div class="label">Input</div>
          <panel-long-text .text=${item.input} .lines=${INPUT_LINES} label="Input"></panel-long-text>
        </div>`
  }
  ${item.diff === undefined ? nothing : diffPart(item, around)} ${output(item, around, OUTPUT_LINES)}
  ${
    item.decision === undefined
      ? nothing
      : html`<div class="part label">${icon('shield', 'small')}<span dir="auto">${visibleText(item.decision)}</span></div>`
  }`;
}

function diffPart(item: ToolItem, around: ToolSurroundings): unknown {
  const { diff } = item;
  if (diff === undefined || diff.lines.length === 0) {
    return nothing;
  }
  const open = (): void =>
    void around.context.actions.request({ type: 'openChange', taskId: around.taskId, toolUseId: item.toolUseId });
  return html`<div class="part">
    ${diffLines({
      diff,
      limit: DIFF_LINES,
      expanded: around.isOpen('diff'),
      onToggle: () => around.toggle('diff'),
      onOpen: open,
    })}
    ${
      around.isOpen('all')
        ? html`<div class="part label"><button class="plain link" @click=${open}>Open diff</button></div>`
        : nothing
    }
  </div>`;
}

function output(item: ToolItem, around: ToolSurroundings, lines: number): unknown {
  if (item.output === undefined || item.output === '') {
    return nothing;
  }
  return html`<div class="part output ${item.status === 'error' ? 'failed' : ''}">
    <panel-long-text .text=${item.output} .lines=${lines} label="Output"></panel-long-text>
    ${
      item.outputTruncated === true
        ? html`<div class="label">
            <span class="grow">Only the beginning is here.</span
            ><button
              class="plain link"
              @click=${() =>
                void around.context.actions.request({
                  type: 'openOutput',
                  taskId: around.taskId,
                  toolUseId: item.toolUseId,
                })}
            >
              Open all of it
            </button>
          </div>`
        : nothing
    }
  </div>`;
}

function subAgent(item: ToolItem, around: ToolSurroundings): unknown {
  if ((item.nested ?? 0) === 0) {
    return nothing;
  }
  const shown = around.isOpen('agent');
  return html`<div class="part">
    <button
      class="plain fold head"
      aria-expanded=${shown ? 'true' : 'false'}
      @click=${() => around.toggle('agent')}
    >
      ${icon(shown ? 'chevron-down' : 'chevron-right', 'small')}<span
        >${shown ? 'Hide' : 'Show'} ${plural(item.nested ?? 0, 'step')} of the agent</span
      >
    </button>
    ${
      shown
        ? html`<panel-agent-thread
            class="agent-thread"
            .context=${around.context}
            .taskId=${around.taskId}
            .thread=${item.toolUseId}
            ?live=${around.live}
          ></panel-agent-thread>`
        : nothing
    }
  </div>`;
}
