import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Failure } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalCard, ApprovalChoiceView } from '../../protocol/approvalView.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import type { TextInput } from '../controls/textInput.ts';
import { diffStyles } from '../parts/diffLines.ts';
import { icon } from '../parts/icon.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { answerBar, denyButton } from './answerBar.ts';
import { cardHeader } from './cardHeader.ts';
import { type AnswerDetails, type CardParts, choicesOf } from './cardParts.ts';
import { cardStyles } from './cardStyles.ts';
import { contentBody } from './contentBody.ts';
import { formBody } from './formBody.ts';
import { checkForm, type FormValues, initialValues } from './formValues.ts';
import { gateBody } from './gateBody.ts';
import { planBody } from './planBody.ts';
import { collectAnswers, type QuestionAnswer } from './questionAnswers.ts';
import { isOneClick, questionBody } from './questionBody.ts';
import { askedText, settledText } from './settledText.ts';
import { toolBody } from './toolBody.ts';
import '../markdown/markdownText.ts';
import '../parts/longText.ts';

const NUDGE_SHOWN_MS = 2500;

/** One request, with everything a person needs to answer it. Leaving it alone is never an answer. */
export class ApprovalCardElement extends LitElement {
  static override properties = {
    context: { attribute: false },
    card: { attribute: false },
    /** Within its own task the card need not name it. */
    inTask: { type: Boolean },
    open: { state: true },
    busy: { state: true },
    denial: { state: true },
    answers: { state: true },
    values: { state: true },
    tried: { state: true },
    nudged: { state: true },
    failure: { state: true },
  };
  declare context: PanelContext;
  declare card: ApprovalCard;
  declare inTask: boolean;
  declare open: ReadonlySet<string>;
  declare busy: boolean;
  /** The words of a denial that is being written. */
  declare denial: string | undefined;
  declare answers: ReadonlyMap<number, QuestionAnswer>;
  declare values: FormValues | undefined;
  declare tried: boolean;
  declare nudged: boolean;
  declare failure: Failure | undefined;

  static override styles = [...baseStyles, controlStyles, diffStyles, cardStyles];

  constructor() {
    super();
    this.inTask = false;
    this.open = new Set();
    this.busy = false;
    this.answers = new Map();
    this.tried = false;
    this.nudged = false;
  }

  override render(): unknown {
    const { card } = this;
    const settled = settledText(card);
    return html`<article
      class=${settled === undefined ? '' : 'settled'}
      tabindex="-1"
      aria-label=${visibleText(`${card.taskTitle}: ${askedText(card)}`)}
    >
      ${cardHeader(card, this.context, this.inTask)}
      ${
        settled === undefined
          ? this.#question()
          : html`<div class="settled-line" role="status">${icon('check', 'small dim')}<span dir="auto">${visibleText(settled)}</span></div>`
      }
    </article>`;
  }

  override updated(changed: PropertyValues<this>): void {
    const wasWriting = changed.has('denial') && changed.get('denial') !== undefined;
    const began = (changed.has('denial') && !wasWriting && this.denial !== undefined) || this.#otherBegan(changed);
    if (began) {
      this.renderRoot.querySelector<TextInput>('[data-focus]')?.focus();
    } else if (wasWriting && this.denial === undefined && this.card.status.state === 'pending') {
      this.renderRoot.querySelector<HTMLElement>('#deny')?.focus();
    }
  }

  override focus(): void {
    this.renderRoot.querySelector('article')?.focus();
  }

  #otherBegan(changed: PropertyValues<this>): boolean {
    const before = changed.get('answers') as ReadonlyMap<number, QuestionAnswer> | undefined;
    return (
      before !== undefined &&
      [...this.answers].some(([index, answer]) => answer.other !== undefined && before.get(index)?.other === undefined)
    );
  }

  #question(): unknown {
    return html`${this.#body()}
      ${this.#reasons()}
      ${this.#answersItself() ? nothing : answerBar({ ...this.#denial(), submit: this.#submit() })}
      ${
        this.failure === undefined
          ? nothing
          : html`<div class="failure" role="alert">
              ${visibleText([this.failure.message, this.failure.remedy].filter(Boolean).join(' '))}
            </div>`
      }
      ${
        this.nudged
          ? html`<div class="nudge" role="status">
              Not counted: this had only just appeared. Press again if you mean it.
            </div>`
          : nothing
      }`;
  }

  #reasons(): unknown {
    const reasons = [this.card.why, this.card.blocks].filter(reason => reason !== '').join(' ');
    return reasons === '' ? nothing : html`<div class="why" dir="auto">${visibleText(reasons)}</div>`;
  }

  /** The answers are buttons of the question itself; no bar of buttons stands below it. */
  #answersItself(): boolean {
    return this.denial === undefined && this.card.body.kind === 'question' && this.#submit() === undefined;
  }

  #denial(): Pick<Parameters<typeof answerBar>[0], 'parts' | 'denial' | 'onDenial'> {
    return {
      parts: this.#parts,
      denial: this.denial,
      onDenial: words => {
        this.denial = words;
      },
    };
  }

  #body(): unknown {
    const { body } = this.card;
    switch (body.kind) {
      case 'tool':
        return toolBody(body, this.#parts);
      case 'plan':
        return planBody(body.plan, this.#parts);
      case 'workspaceContent':
        return contentBody(body);
      case 'gate':
        return gateBody(body, this.#parts);
      case 'question':
        return questionBody({
          questions: body.questions,
          answers: this.answers,
          busy: this.busy,
          decline: this.#answersItself() ? denyButton(this.#denial(), 'quiet') : nothing,
          onChange: (index, answer) => {
            this.answers = new Map(this.answers).set(index, answer);
          },
          onPick: label => {
            const { primary } = choicesOf(this.card);
            const question = body.questions[0]?.question;
            if (primary !== undefined && question !== undefined) {
              this.#answer(primary, { answers: { [question]: [label] } });
            }
          },
          onSubmit: () => this.#submit()?.run(),
        });
      case 'elicitation': {
        const values = this.values ?? initialValues(body.fields);
        return formBody({
          body,
          values,
          checked: checkForm(body.fields, values),
          showErrors: this.tried,
          openLink: this.context.actions.openLink,
          onChange: (name, value) => {
            this.values = { ...values, [name]: value };
          },
        });
      }
    }
  }

  /** What the main button does; nothing where the body has buttons of its own and none is written in words. */
  #submit(): { readonly label: string; readonly ready: boolean; readonly run: () => void } | undefined {
    const { body } = this.card;
    const { primary } = choicesOf(this.card);
    if (primary === undefined) {
      return undefined;
    }
    switch (body.kind) {
      case 'question': {
        const answers = collectAnswers(body.questions, this.answers);
        if (isOneClick(body.questions) && this.answers.get(0)?.other === undefined) {
          return undefined;
        }
        return {
          label: primary.label,
          ready: answers !== undefined,
          run: () => answers !== undefined && this.#answer(primary, { answers }),
        };
      }
      case 'elicitation': {
        const checked = checkForm(body.fields, this.values ?? initialValues(body.fields));
        return {
          label: primary.label,
          ready: true,
          run: () => {
            this.tried = true;
            if (Object.keys(checked.errors).length === 0) {
              this.#answer(primary, { content: { ...checked.content } });
            }
          },
        };
      }
      default:
        return { label: primary.label, ready: true, run: () => this.#answer(primary) };
    }
  }

  get #parts(): CardParts {
    return {
      context: this.context,
      card: this.card,
      busy: this.busy,
      isOpen: part => this.open.has(part),
      toggle: part => {
        const open = new Set(this.open);
        if (!open.delete(part)) {
          open.add(part);
        }
        this.open = open;
      },
      answer: (choice, details) => this.#answer(choice, details),
    };
  }

  #answer(choice: ApprovalChoiceView, details: AnswerDetails = {}): void {
    if (this.busy || this.card.status.state !== 'pending') {
      return;
    }
    if (!this.context.guard.accepts()) {
      this.#nudge();
      return;
    }
    this.busy = true;
    this.failure = undefined;
    void this.context.host
      .request({ type: 'answerApproval', approvalId: this.card.id, answer: { choice: choice.id, ...details } })
      .then(reply => {
        this.busy = false;
        this.failure = reply.failure;
      });
  }

  #nudge(): void {
    this.nudged = true;
    this.context.clock.after(NUDGE_SHOWN_MS, () => {
      this.nudged = false;
    });
  }
}

customElements.define('panel-approval-card', ApprovalCardElement);
