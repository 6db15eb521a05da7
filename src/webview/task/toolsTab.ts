import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TaskDetail } from '../../protocol/taskView.ts';
import { button } from '../controls/button.ts';
import { durationText } from '../format/clockText.ts';
import { countText, plural } from '../format/countText.ts';
import { type IconName, icon } from '../parts/icon.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { toolIcon, toolTitle } from '../transcript/toolLook.ts';

type Agent = TaskDetail['agents'][number];
type Server = TaskDetail['mcpServers'][number];

/** A shorter wait for a person is not told. */
const WORTH_SAYING_MS = 1000;

/** What works for the task: its agents, its MCP servers, and the tools it called. */
export function toolsTab(detail: TaskDetail, context: PanelContext, live: boolean): TemplateResult {
  return html`${agents(detail, context)} ${servers(detail, context, live)} ${tools(detail)}`;
}

function agents(detail: TaskDetail, context: PanelContext): unknown {
  return detail.agents.length === 0
    ? nothing
    : html`<section>
        <h2>Agents</h2>
        <ul class="entries">
          ${detail.agents.map(agent => agentEntry(agent, detail.id, context))}
        </ul>
      </section>`;
}

const AGENT_LOOKS: Readonly<Record<Agent['status'], { icon: IconName; tone: string; word: string }>> = {
  running: { icon: 'loading', tone: 'info spin', word: 'running' },
  completed: { icon: 'pass', tone: 'ok', word: 'done' },
  failed: { icon: 'error', tone: 'bad', word: 'failed' },
  stopped: { icon: 'circle-slash', tone: 'dim', word: 'stopped' },
};

function agentEntry(agent: Agent, taskId: string, context: PanelContext): TemplateResult {
  const look = AGENT_LOOKS[agent.status];
  const numbers = [
    agent.toolUses === undefined ? '' : plural(agent.toolUses, 'tool'),
    agent.tokens === undefined ? '' : `${countText(agent.tokens)} tokens`,
    agent.durationMs === undefined ? '' : durationText(agent.durationMs),
  ].filter(part => part !== '');
  return html`<li>
    ${icon(look.icon, `small ${look.tone}`)}
    <span class="words">
      <span dir="auto">${visibleText(agent.description)}</span>
      <span class="dim small numbers">${[visibleText(agent.kind), look.word, ...numbers].join(' · ')}</span>
    </span>
    ${
      agent.status === 'running'
        ? button({
            label: 'Stop',
            hint: `Stop the agent: ${visibleText(agent.description)}`,
            onClick: () => void context.actions.request({ type: 'stopAgent', taskId, agentId: agent.id }),
          })
        : nothing
    }
  </li>`;
}

const SERVER_LOOKS: Readonly<Record<Server['status'], { icon: IconName; tone: string; word: string }>> = {
  pending: { icon: 'loading', tone: 'info spin', word: 'starting' },
  connected: { icon: 'pass', tone: 'ok', word: 'connected' },
  failed: { icon: 'error', tone: 'bad', word: 'failed' },
  disabled: { icon: 'circle-slash', tone: 'dim', word: 'switched off' },
  needsAuth: { icon: 'lock', tone: 'warn', word: 'wants you to sign in' },
  unknown: { icon: 'question', tone: 'dim', word: 'state not known' },
};

function servers(detail: TaskDetail, context: PanelContext, live: boolean): TemplateResult {
  return html`<section>
    <h2>MCP servers</h2>
    ${
      detail.mcpServers.length === 0
        ? html`<p class="nothing">None: the profile starts no MCP server.</p>`
        : html`<ul class="entries">
            ${detail.mcpServers.map(server => {
              const look = SERVER_LOOKS[server.status];
              const toolCount = server.toolCount === undefined ? '' : ` · ${plural(server.toolCount, 'tool')}`;
              return html`<li>
                ${icon(look.icon, `small ${look.tone}`)}
                <div class="body">
                  <div class="head">
                    <span class="words">
                      <span>${visibleText(server.name)}</span>
                      <span class="dim small numbers">${look.word}${toolCount}</span>
                    </span>
                    ${live && server.status === 'failed' ? reconnect(server, detail.id, context) : nothing}
                  </div>
                  ${whatFailed(server)}
                </div>
              </li>`;
            })}
          </ul>`
    }
  </section>`;
}

function whatFailed({ status, error, lastWords }: Server): TemplateResult {
  return html`${
    error === undefined
      ? nothing
      : html`<panel-long-text class="error" .text=${error} .lines=${4} label="Error"></panel-long-text>`
  }
  ${
    lastWords === undefined
      ? nothing
      : html`<span class="dim small">It wrote last:</span>
          <panel-long-text .text=${lastWords} .lines=${4} label="Last words"></panel-long-text>`
  }
  ${
    status === 'failed'
      ? html`<span class="dim small"
          >Reconnect it once the cause is gone. To change its definition, correct the file and run the task again.</span
        >`
      : nothing
  }`;
}

/** A server that failed may only have been started too early, such as before its database. */
function reconnect({ name }: Server, taskId: string, context: PanelContext): TemplateResult {
  return button({
    label: 'Reconnect',
    hint: `Start the MCP server ${visibleText(name)} again`,
    onClick: () => void context.actions.request({ type: 'reconnectServer', taskId, server: name }),
  });
}

function tools(detail: TaskDetail): unknown {
  const used = detail.tools ?? [];
  return used.length === 0
    ? nothing
    : html`<section>
        <h2>Tools called</h2>
        <ul class="entries">
          ${used.map(
            tool => html`<li>
              ${icon(toolIcon(tool.name), 'small dim')}
              <span class="words one-line" title=${visibleText(tool.name)}>${visibleText(toolTitle(tool.name))}</span>
              <span class="numbers small dim side"
                >${tool.failed > 0 ? html`<span class="bad-words">${tool.failed} failed</span> · ` : nothing}${
                  tool.denied > 0 ? `${tool.denied} denied · ` : ''
                }${tool.calls} × · ${durationText(tool.totalMs)}${
                  tool.waitedMs >= WORTH_SAYING_MS ? ` · waited ${durationText(tool.waitedMs)}` : ''
                }</span
              >
            </li>`,
          )}
        </ul>
      </section>`;
}
