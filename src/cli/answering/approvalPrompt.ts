import type { Clock } from '../../base/clock.ts';
import type { Approval, ApprovalAnswer, Question } from '../../core/approvals/approval.ts';
import { type FormField, formFields } from '../../core/approvals/formFields.ts';
import { oneLine } from '../terminal/plainText.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { approvalCard } from './approvalCard.ts';
import { labelFor } from './chosenAnswer.ts';
import type { LineReader } from './lineReader.ts';
import { type MenuItem, menuFor } from './menu.ts';
import { fieldPrompt, readTyped } from './typedField.ts';

/** What is typed this soon after a card appeared was not meant for it. */
const SETTLE_MS = 400;

/** Asks the person at this terminal. The whole card is shown first. */
export class ApprovalPrompt {
  readonly #terminal: Terminal;
  readonly #reader: LineReader;
  readonly #clock: Clock;

  constructor(parts: { readonly terminal: Terminal; readonly reader: LineReader; readonly clock: Clock }) {
    this.#terminal = parts.terminal;
    this.#reader = parts.reader;
    this.#clock = parts.clock;
  }

  /** The answer; undefined when the signal came first or the keyboard is gone, which is never an answer. */
  async ask(approval: Approval, signal: AbortSignal): Promise<ApprovalAnswer | undefined> {
    const paint = this.#terminal.paintError;
    this.#terminal.say();
    for (const line of approvalCard({ ...approval, choices: [] }, paint, this.#clock.now())) {
      this.#terminal.say(line);
    }
    const menu = menuFor(approval);
    for (const { key, label } of menu) {
      this.#terminal.say(`  ${paint('bold', key)}  ${label}`);
    }
    await this.#reader.dropEarlyInput(SETTLE_MS, signal);
    for (;;) {
      const item = await this.#choose(menu, signal);
      if (item === undefined) {
        return undefined;
      }
      const answer = await this.#complete(approval, item, signal);
      if (answer !== 'again') {
        return answer;
      }
    }
  }

  async #choose(menu: readonly MenuItem[], signal: AbortSignal): Promise<MenuItem | undefined> {
    const keys = menu.map(item => item.key);
    for (;;) {
      const typed = await this.#reader.ask(`Your answer [${keys.join('/')}]: `, signal);
      if (typed === undefined) {
        return undefined;
      }
      const item = menu.find(other => other.key === typed.trim().toLowerCase());
      if (item !== undefined) {
        return item;
      }
    }
  }

  async #complete(
    approval: Approval,
    item: MenuItem,
    signal: AbortSignal,
  ): Promise<ApprovalAnswer | 'again' | undefined> {
    const { subject } = approval;
    const choice = item.choice.id;
    if (item.message === 'required') {
      const message = await this.#reader.ask('Message (empty goes back): ', signal);
      if (message === undefined) {
        return undefined;
      }
      return message.trim() === '' ? 'again' : { choice, message: message.trim() };
    }
    if (choice === 'submitAnswers' && subject.kind === 'question') {
      const answers = await this.#askQuestions(subject.questions, signal);
      return answers === undefined ? undefined : { choice, answers };
    }
    if (choice === 'submitForm' && subject.kind === 'elicitation') {
      const content = await this.#askForm(formFields(subject.schema, subject.propertyOrder), signal);
      return content === undefined ? undefined : { choice, content };
    }
    return { choice };
  }

  async #askQuestions(
    questions: readonly Question[],
    signal: AbortSignal,
  ): Promise<Record<string, readonly string[]> | undefined> {
    const answers: Record<string, readonly string[]> = {};
    for (const question of questions) {
      const how = question.multiSelect ? 'numbers with commas, or your own words' : 'a number, or your own words';
      let labels: readonly string[] = [];
      while (labels.length === 0) {
        const typed = await this.#reader.ask(`${oneLine(question.question)} (${how}): `, signal);
        if (typed === undefined) {
          return undefined;
        }
        labels = (question.multiSelect ? typed.split(',') : [typed])
          .map(text => labelFor(question, text))
          .filter(label => label !== '');
      }
      answers[question.question] = labels;
    }
    return answers;
  }

  async #askForm(
    fields: readonly FormField[],
    signal: AbortSignal,
  ): Promise<Record<string, string | number | boolean> | undefined> {
    const content: Record<string, string | number | boolean> = {};
    for (const field of fields) {
      for (;;) {
        const typed = await this.#reader.ask(`${oneLine(fieldPrompt(field))}: `, signal);
        if (typed === undefined) {
          return undefined;
        }
        const parsed = readTyped(field, typed);
        if (parsed.kind === 'value') {
          content[field.name] = parsed.value;
        }
        if (parsed.kind !== 'wrong') {
          break;
        }
      }
    }
    return content;
  }
}
