import * as vscode from 'vscode';
import type { GitRef } from '../../app/gitRefs.ts';
import type { JsonValue } from '../../base/json.ts';
import type { CommandInput } from '../../core/catalog/commandSchema.ts';
import { inputProblem, isRequired } from '../../core/catalog/inputValues.ts';
import { escapeIcons } from '../commands/pickTask.ts';
import { oneLine } from '../presenters/shownText.ts';
import type { WriteText } from './inputEditors.ts';
import type { Answer, Ask, Question } from './inputFlow.ts';
import { browseFor, filesOf, foldersOf } from './pathChoices.ts';

interface Surroundings {
  /** Of the command, shown above every question. */
  readonly title: string;
  /** Where paths begin. */
  readonly folder: string;
  /** For a text of several lines: VS Code's box has one. */
  readonly write: WriteText;
  readonly refs: (signal: AbortSignal) => Promise<readonly GitRef[]>;
}

interface Item extends vscode.QuickPickItem {
  readonly answer?: JsonValue;
  readonly browse?: 'file' | 'folder';
}

/** The person wants to write the text in an editor, beginning with what is in the box. */
interface ToEditor {
  readonly kind: 'write';
  readonly text: string;
}

const LONGEST_TEXT = 1000;

/** Asks a command's inputs with VS Code's own quick pick and input box. */
export function inputQuestions(surroundings: Surroundings): Ask {
  return question => {
    const { input } = question;
    switch (input.type) {
      case 'text':
        return askForText(question, surroundings, input.multiline === true);
      case 'number':
        return askForText(question, surroundings, false);
      case 'choice':
        return askInList(question, surroundings, async () => input.choices.map(choice => item(choice, choice)));
      case 'boolean':
        return askInList(question, surroundings, async () => [
          item(vscode.l10n.t('Yes'), true),
          item(vscode.l10n.t('No'), false),
        ]);
      case 'file':
        return askInList(question, surroundings, async signal => [
          { label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, alwaysShow: true, browse: 'file' },
          ...(await filesOf(surroundings.folder, signal)).map(path => item(path, path, '$(file)')),
        ]);
      case 'folder':
        return askInList(question, surroundings, async signal => [
          { label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, alwaysShow: true, browse: 'folder' },
          ...(await foldersOf(surroundings.folder, signal)).map(path => item(path, path, '$(folder)')),
        ]);
      case 'gitRef':
        return askInList(question, surroundings, async signal =>
          (await surroundings.refs(signal)).map(({ name, kind, age, subject, isCurrent }) => ({
            ...item(name, name, kind === 'tag' ? '$(tag)' : '$(git-branch)'),
            description: escapeIcons(
              [isCurrent ? vscode.l10n.t('current') : '', age, oneLine(subject, LONGEST_TEXT)]
                .filter(Boolean)
                .join(' · '),
            ),
          })),
        );
    }
  };
}

function item(label: string, answer: JsonValue, icon?: string): Item {
  const text = escapeIcons(oneLine(label, LONGEST_TEXT));
  return { label: icon === undefined ? text : `${icon} ${text}`, answer };
}

function titleOf({ input }: Question): string {
  return oneLine(input.title ?? input.name, LONGEST_TEXT);
}

function dress(
  box: vscode.QuickInput & { placeholder?: string | undefined },
  question: Question,
  { title }: Surroundings,
): void {
  box.title = `${oneLine(title, LONGEST_TEXT)}: ${titleOf(question)}`;
  box.step = question.step;
  box.totalSteps = question.of;
  box.ignoreFocusOut = true;
}

/** In a box, or in an editor where there may be several lines and the person wants them. */
async function askForText(question: Question, surroundings: Surroundings, mayBeLong: boolean): Promise<Answer> {
  const { input, initial } = question;
  const isLong = mayBeLong && typeof initial === 'string' && /[\r\n]/.test(initial);
  const answer: Answer | ToEditor = isLong
    ? { kind: 'write', text: initial }
    : await askInBox(question, surroundings, mayBeLong);
  if (answer.kind !== 'write') {
    return answer;
  }
  const problem = (text: string): string | undefined => problemOf(input, text);
  const text = await surroundings.write({ title: titleOf(question), text: answer.text, problem });
  return text === undefined ? { kind: 'cancelled' } : { kind: 'value', value: typedValue(input, text) };
}

/** Typed text, checked as it is typed. */
function askInBox(question: Question, surroundings: Surroundings, mayBeLong: boolean): Promise<Answer | ToEditor> {
  const { input, initial, canGoBack } = question;
  const box = vscode.window.createInputBox();
  dress(box, question, surroundings);
  box.prompt = oneLine(input.description ?? titleOf(question), LONGEST_TEXT);
  box.placeholder = isRequired(input) ? '' : vscode.l10n.t('May be left empty');
  box.value = initial === undefined || initial === null ? '' : String(initial);
  const write = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Write in an Editor') };
  box.buttons = [...(canGoBack ? [vscode.QuickInputButtons.Back] : []), ...(mayBeLong ? [write] : [])];
  return answered<Answer | ToEditor>(box, settle => {
    box.onDidChangeValue(text => {
      const problem = text === '' ? undefined : problemOf(input, text);
      box.validationMessage = problem;
    });
    box.onDidAccept(() => {
      const problem = problemOf(input, box.value);
      box.validationMessage = problem;
      if (problem === undefined) {
        settle({ kind: 'value', value: typedValue(input, box.value) });
      }
    });
    box.onDidTriggerButton(button => settle(button === write ? { kind: 'write', text: box.value } : { kind: 'back' }));
  });
}

/** One of a list that may still be on its way; where any text is allowed, also what is typed. */
function askInList(
  question: Question,
  surroundings: Surroundings,
  load: (signal: AbortSignal) => Promise<readonly Item[]>,
): Promise<Answer> {
  const { input, initial, canGoBack } = question;
  const picker = vscode.window.createQuickPick<Item>();
  dress(picker, question, surroundings);
  picker.placeholder = oneLine(input.description ?? titleOf(question), LONGEST_TEXT);
  picker.matchOnDescription = true;
  picker.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  picker.busy = true;
  const loading = new AbortController();
  // Where there is a default, leaving it out would mean the default.
  const mayBeLeftOut = !isRequired(input) && input.default === undefined;
  const skip: readonly Item[] = mayBeLeftOut ? [{ label: vscode.l10n.t('Leave it out'), answer: null }] : [];
  let loaded: readonly Item[] = [];
  const show = (): void => {
    const typed = typedItem(input, picker.value, loaded);
    picker.items = [...(typed === undefined ? [] : [typed]), ...loaded, ...skip];
  };
  return answered(picker, settle => {
    load(loading.signal)
      .catch(() => [])
      .then(items => {
        loaded = items;
        picker.busy = false;
        show();
        const active = picker.items.find(({ answer }) => answer !== undefined && answer === (initial ?? undefined));
        picker.activeItems = active === undefined ? picker.activeItems : [active];
      });
    picker.onDidChangeValue(show);
    picker.onDidTriggerButton(() => settle({ kind: 'back' }));
    picker.onDidHide(() => loading.abort());
    picker.onDidAccept(async () => {
      const [chosen] = picker.selectedItems;
      if (chosen?.browse !== undefined) {
        const picked = await browseFor(chosen.browse, surroundings.folder, titleOf(question));
        if (picked !== undefined) {
          settle({ kind: 'value', value: picked });
        }
      } else if (chosen?.answer !== undefined) {
        settle({ kind: 'value', value: chosen.answer });
      }
    });
  });
}

/** What was typed, where the list cannot hold everything: a path outside of it, or a commit. */
function typedItem(input: CommandInput, typed: string, loaded: readonly Item[]): Item | undefined {
  const isOpen = input.type === 'file' || input.type === 'folder' || input.type === 'gitRef';
  const text = typed.trim();
  return !isOpen ||
    text === '' ||
    loaded.some(({ answer }) => answer === text) ||
    inputProblem(input, text) !== undefined
    ? undefined
    : { label: vscode.l10n.t('Use "{0}"', escapeIcons(oneLine(text, LONGEST_TEXT))), alwaysShow: true, answer: text };
}

/** Closing the question in any other way cancels the whole. */
function answered<Given extends { readonly kind: string } = Answer>(
  input: vscode.QuickInput,
  listen: (settle: (answer: Given | Answer) => void) => void,
): Promise<Given | Answer> {
  return new Promise(resolve => {
    let browsing = false;
    const settle = (answer: Given | Answer): void => {
      browsing = true;
      resolve(answer);
      input.hide();
    };
    listen(settle);
    input.onDidHide(() => {
      if (!browsing) {
        resolve({ kind: 'cancelled' });
      }
      input.dispose();
    });
    input.show();
  });
}

function problemOf(input: CommandInput, text: string): string | undefined {
  const value = typedValue(input, text);
  if (value === null) {
    return undefined;
  }
  const problem = inputProblem(input, value);
  return problem === undefined ? undefined : vscode.l10n.t('It {0}', problem);
}

function typedValue(input: CommandInput, text: string): JsonValue {
  if (text.trim() === '' && !isRequired(input)) {
    return null;
  }
  return input.type === 'number' && text.trim() !== '' ? Number(text) : text;
}
