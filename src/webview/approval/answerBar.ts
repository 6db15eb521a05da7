import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalBody, ApprovalChoiceView } from '../../protocol/approvalView.ts';
import { button } from '../controls/button.ts';
import type { Menu, MenuEntry } from '../parts/menu.ts';
import { type CardParts, choicesOf } from './cardParts.ts';
import { openProposal } from './toolBody.ts';

interface BarOptions {
  readonly parts: CardParts;
  readonly denial: string | undefined;
  readonly submit: { readonly label: string; readonly ready: boolean; readonly run: () => void } | undefined;
  readonly onDenial: (words: string | undefined) => void;
}

/** The buttons of a card: one main answer, the others in its menu with what each would save, and the denial. */
export function answerBar(options: BarOptions): TemplateResult {
  const { parts, submit } = options;
  const { more, deny } = choicesOf(parts.card);
  if (options.denial !== undefined && deny !== undefined) {
    return denyField(deny, options.denial, options);
  }
  return html`<div class="bar">
    ${submit === undefined ? nothing : mainButton(submit, more, parts)} ${denyButton(options, 'secondary')}
    <span class="grow"></span>${editButton(parts)}
  </div>`;
}

/** Opens the field for the words of a denial. A form is declined at once: its server gets no words. */
export function denyButton(options: Pick<BarOptions, 'parts' | 'onDenial'>, look: 'secondary' | 'quiet'): unknown {
  const { parts, onDenial } = options;
  const { deny } = choicesOf(parts.card);
  if (deny === undefined) {
    return nothing;
  }
  const label = visibleText(deny.label);
  const isForm = parts.card.body.kind === 'elicitation';
  return button({
    id: 'deny',
    label: isForm ? label : `${label}…`,
    look,
    disabled: parts.busy,
    onClick: () => (isForm ? parts.answer(deny) : onDenial('')),
  });
}

function mainButton(
  submit: NonNullable<BarOptions['submit']>,
  more: readonly ApprovalChoiceView[],
  parts: CardParts,
): TemplateResult {
  const main = button({
    label: visibleText(submit.label),
    look: 'primary',
    disabled: parts.busy || !submit.ready,
    onClick: submit.run,
  });
  if (more.length === 0) {
    return main;
  }
  const openMenu = (event: MouseEvent): void => {
    const anchor = event.currentTarget as HTMLElement;
    const menu = anchor.closest('.split')?.querySelector<Menu>('panel-menu');
    void menu?.open(
      anchor,
      more.map(choice => choiceEntry(choice, parts)),
    );
  };
  const label = parts.card.body.kind === 'plan' ? 'More ways to approve this plan' : 'More ways to allow this';
  return html`<span class="split"
    >${main}${button({
      label,
      look: 'primary',
      icon: 'chevron-down',
      iconAlone: true,
      popup: 'menu',
      disabled: parts.busy,
      onClick: openMenu,
    })}<panel-menu label=${label}></panel-menu
  ></span>`;
}

function choiceEntry(choice: ApprovalChoiceView, parts: CardParts): MenuEntry {
  const saved = choice.savedIn === undefined ? 'Saves nothing' : `Saved in ${visibleText(choice.savedIn)}`;
  return {
    label: visibleText(choice.label),
    detail: saved,
    ...(choice.rule === undefined ? {} : { code: visibleText(choice.rule) }),
    run: () => parts.answer(choice),
  };
}

const TO_CLAUDE = {
  label: 'What Claude should do instead, optional',
  placeholder: 'What should it do instead? (optional)',
};
const DENIALS: Readonly<Partial<Record<ApprovalBody['kind'], typeof TO_CLAUDE>>> = {
  plan: { label: 'Comments on the plan', placeholder: 'What should be different?' },
  gate: { label: 'Why it should not go on, optional', placeholder: 'Why should it not go on? (optional)' },
};

function denyField(deny: ApprovalChoiceView, words: string, options: BarOptions): TemplateResult {
  const send = (): void => {
    const message = words.trim();
    options.parts.answer(deny, message === '' ? {} : { message });
  };
  const { label, placeholder } = DENIALS[options.parts.card.body.kind] ?? TO_CLAUDE;
  return html`<div class="deny">
    <panel-text-input
      data-focus
      label=${label}
      placeholder=${placeholder}
      .value=${words}
      .submitWith=${'enter'}
      .onInput=${(text: string) => options.onDenial(text)}
      .onSubmit=${send}
      .onCancel=${() => options.onDenial(undefined)}
    ></panel-text-input>
    <div class="bar">
      ${button({ label: visibleText(deny.label), disabled: options.parts.busy, onClick: send })}
      ${button({ label: 'Cancel', look: 'quiet', onClick: () => options.onDenial(undefined) })}
      <span class="hint">Enter sends, Esc cancels</span>
    </div>
  </div>`;
}

function editButton(parts: CardParts): unknown {
  const { body } = parts.card;
  return body.kind === 'tool' && body.editable
    ? button({
        label: 'Edit first',
        look: 'quiet',
        icon: 'edit',
        classes: 'narrow-icon',
        hint: 'Opens it in an editor. What you make of it there is what is then allowed.',
        disabled: parts.busy,
        onClick: () => openProposal(parts, true),
      })
    : nothing;
}
