import { css, html, nothing, type TemplateResult } from 'lit';
import type { PanelFacts } from '../../protocol/panelView.ts';
import { button } from '../controls/button.ts';
import { icon } from '../parts/icon.ts';
import type { PanelContext } from '../shell/panelContext.ts';

const EXAMPLES = [
  'Explain how this project is organised',
  'Find out why a test fails, and mend it',
  'Review my uncommitted changes',
];

/** What to do first, for somebody who sees the panel for the first time. */
export function emptyList(context: PanelContext, facts: PanelFacts): TemplateResult {
  const ready = facts.trusted && facts.hasFolder;
  return html`<section class="empty" aria-label="Getting started" tabindex="-1">
    <p class="lead">Give Claude something to do.</p>
    <p>
      A task runs on its own, in sight. You are asked here before anything is written or run that its profile does not
      allow, and you can stop it at any time.
    </p>
    ${
      ready
        ? html`<div class="examples">
            ${EXAMPLES.map(
              example =>
                html`<button class="plain example" @click=${() => fill(context, example)}>
                  ${icon('comment', 'small')}<span>${example}</span>
                </button>`,
            )}
          </div>`
        : nothing
    }
    <p class="more">
      ${button({
        label: 'Walkthrough',
        look: 'quiet',
        onClick: () => context.actions.command('claudePanel.openWalkthrough'),
      })}
      ${
        facts.rehearsal
          ? nothing
          : button({
              label: 'Try it without an account',
              look: 'quiet',
              onClick: () => context.actions.command('claudePanel.startRehearsal'),
            })
      }
    </p>
  </section>`;
}

function fill(context: PanelContext, example: string): void {
  const { draft } = context.store.state.navigation;
  if (EXAMPLES.includes(draft)) {
    context.store.dispatch({ type: 'navigate', change: { draft: '' } });
  }
  context.store.dispatch({ type: 'received', message: { type: 'reveal', target: { kind: 'compose', text: example } } });
}

export const emptyListStyles = css`
  .empty {
    padding: 14px var(--gutter) 20px;
    color: var(--dim);
  }
  .empty p {
    margin: 0 0 10px;
    max-inline-size: 46ch;
  }
  .empty .lead {
    color: var(--foreground);
    font-weight: 600;
  }
  .examples {
    display: grid;
    gap: 4px;
    margin-block-end: 10px;
  }
  button.example {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 5px 8px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    color: var(--foreground);
  }
  button.example:hover {
    background: var(--hover);
  }
  button.example .icon {
    color: var(--dim);
  }
  .empty .more {
    margin-inline-start: -8px;
  }
`;
