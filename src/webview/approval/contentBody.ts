import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalBody } from '../../protocol/approvalView.ts';
import { icon } from '../parts/icon.ts';

type WorkspaceContent = Extract<ApprovalBody, { kind: 'workspaceContent' }>;

const CONTENT_LINES = 12;

/** What a file of the workspace would start or grant. It is approved for exactly this content. */
export function contentBody(body: WorkspaceContent): TemplateResult {
  return html`<div class="ask" dir="auto">${visibleText(body.headline)}</div>
    ${
      body.grants.length === 0
        ? nothing
        : html`<ul class="grants" aria-label="What it would start or grant">
            ${body.grants.map(
              grant => html`<li>${icon('shield', 'small warn')}<span dir="auto">${visibleText(grant)}</span></li>`,
            )}
          </ul>`
    }
    <div class="box">
      <div class="box-head">
        <span class="mono grow wrap" dir="ltr">${body.files.map(visibleText).join(', ')}</span>
      </div>
      <panel-long-text .text=${body.content} .lines=${CONTENT_LINES} label="The whole content"></panel-long-text>
    </div>`;
}
