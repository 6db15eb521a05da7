import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import { button } from '../controls/button.ts';
import { checkbox, radioGroup } from '../controls/formControls.ts';
import { noAnswer, type Question, type QuestionAnswer, withLabel, withOther } from './questionAnswers.ts';

/** The value of the choice for the person's own words; no label can be it, because labels are numbered. */
const OTHER = 'other';

interface QuestionsOptions {
  readonly questions: readonly Question[];
  readonly answers: ReadonlyMap<number, QuestionAnswer>;
  readonly busy: boolean;
  /** Stands at the end of the answers of a single question. */
  readonly decline: unknown;
  readonly onChange: (index: number, answer: QuestionAnswer) => void;
  /** Answers with one label at once. */
  readonly onPick: (label: string) => void;
  /** Hands in what is chosen. */
  readonly onSubmit: () => void;
}

/** One question with one answer: a click answers it. Everything else is a form. */
export function isOneClick(questions: readonly Question[]): boolean {
  return questions.length === 1 && questions[0]?.multiSelect === false;
}

export function questionBody(options: QuestionsOptions): TemplateResult {
  const [first] = options.questions;
  if (first !== undefined && isOneClick(options.questions)) {
    return oneClick(first, options);
  }
  return html`${options.questions.map((question, index) => questionForm(question, index, options))}`;
}

function oneClick(question: Question, options: QuestionsOptions): TemplateResult {
  const { other } = options.answers.get(0) ?? noAnswer;
  const described = question.options.some(option => option.description !== '');
  return html`<div class="ask" dir="auto">${visibleText(question.question)}</div>
    <div class="options ${described ? 'described' : ''}" role="group" aria-label="Answers">
      ${question.options.map(option =>
        described
          ? html`<button
              class="plain option"
              ?disabled=${options.busy}
              @click=${() => options.onPick(option.label)}
            >
              <span dir="auto">${visibleText(option.label)}</span>
              <span class="dim small" dir="auto">${visibleText(option.description)}</span>
            </button>`
          : button({
              label: visibleText(option.label),
              disabled: options.busy,
              onClick: () => options.onPick(option.label),
            }),
      )}
      ${
        other === undefined
          ? button({
              label: 'Something else…',
              look: 'quiet',
              disabled: options.busy,
              onClick: () => options.onChange(0, withOther(noAnswer, question, '')),
            })
          : nothing
      }
      ${options.decline}
    </div>
    ${other === undefined ? nothing : otherField(question, 0, { labels: [], other }, options)}`;
}

function questionForm(question: Question, index: number, options: QuestionsOptions): TemplateResult {
  const answer = options.answers.get(index) ?? noAnswer;
  const choices = [
    ...question.options.map((option, place) => ({
      value: String(place),
      label: visibleText(option.label),
      detail: visibleText(option.description),
    })),
    { value: OTHER, label: 'Something else…' },
  ];
  const choose = (value: string, chosen: boolean): void => {
    const label = question.options[Number(value)]?.label;
    const next =
      value === OTHER
        ? withOther(answer, question, chosen ? '' : undefined)
        : label === undefined
          ? answer
          : withLabel(answer, question, label, chosen);
    options.onChange(index, next);
  };
  const isChosen = (value: string): boolean =>
    value === OTHER ? answer.other !== undefined : answer.labels.includes(question.options[Number(value)]?.label ?? '');
  return html`<div class="question">
    ${question.header === '' ? nothing : html`<div class="question-header dim small">${visibleText(question.header)}</div>`}
    <div class="ask" dir="auto">${visibleText(question.question)}</div>
    ${
      question.multiSelect
        ? choices.map(choice =>
            checkbox({
              choice,
              checked: isChosen(choice.value),
              onChange: checked => choose(choice.value, checked),
            }),
          )
        : radioGroup({
            label: visibleText(question.question),
            choices,
            value: choices.find(choice => isChosen(choice.value))?.value ?? '',
            onChange: value => choose(value, true),
          })
    }
    ${answer.other === undefined ? nothing : otherField(question, index, answer, options)}
  </div>`;
}

function otherField(
  question: Question,
  index: number,
  answer: QuestionAnswer,
  options: QuestionsOptions,
): TemplateResult {
  return html`<panel-text-input
    class="other"
    data-focus
    label=${`Your own answer to: ${visibleText(question.question)}`}
    placeholder="Your answer. Enter sends it."
    .value=${answer.other ?? ''}
    .submitWith=${'enter'}
    .onInput=${(text: string) => options.onChange(index, { ...answer, other: text })}
    .onSubmit=${options.onSubmit}
    .onCancel=${() => options.onChange(index, withOther(answer, question, undefined))}
  ></panel-text-input>`;
}
