import * as vscode from 'vscode';
import type { FoundCommand } from '../../app/commandCatalog.ts';
import { gitRefs } from '../../app/gitRefs.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import type { JsonValue } from '../../base/json.ts';
import type { CatalogCommand, InputValues } from '../../core/catalog/command.ts';
import { checkInputValues, isRequired } from '../../core/catalog/inputValues.ts';
import type { WriteText } from '../inputs/inputEditors.ts';
import { askInOrder } from '../inputs/inputFlow.ts';
import { inputQuestions } from '../inputs/inputQuestions.ts';
import type { RevealTarget } from '../panel/connectionParts.ts';
import { oneLine, withoutLinks } from '../presenters/shownText.ts';

const LONGEST_TITLE = 200;

/** A command that a person, or something on their behalf, wants to run. */
export interface WantedCommand {
  readonly reference: string;
  readonly cwd: string;
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** Asks for every input that was not given, also for such as have a default. */
  readonly asksAll: boolean;
  /** `global` reaches only what is built in. */
  readonly from?: 'global';
}

/** A command with all that it needs to start. */
export interface ReadyCommand {
  readonly command: CatalogCommand;
  readonly inputs: InputValues;
  /** What a person did not type is called data in a prompt. */
  readonly inputsFrom: 'person' | 'elsewhere';
  readonly cwd: string;
}

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly write: WriteText;
  readonly reveal: (target: RevealTarget) => Promise<void>;
  /** Resolves with whether a person agreed; nothing when the window goes before anybody answers. */
  readonly untilGranted: (approvalId: string) => Promise<boolean>;
}

/** The way from a command's name to one that can start: it is found, approved where it has to be, and its inputs are asked. */
export class CommandFlow {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Nothing when the person cancels on the way.
   * @throws CatalogError when there is no such command, its file is not right, or a given value does not fit.
   */
  async prepare(wanted: WantedCommand): Promise<ReadyCommand | undefined> {
    const { cwd } = wanted;
    const command = await this.#approved(wanted);
    if (command === undefined) {
      return undefined;
    }
    const asked = missingInputs(command, wanted);
    const known = command.inputs.filter(input => !asked.includes(input));
    // What was given is looked at before anybody is asked for the rest.
    checkInputValues({ ...command, inputs: known }, wanted.inputs);
    const ask = inputQuestions({
      title: command.title,
      folder: cwd,
      write: this.#parts.write,
      refs: signal => gitRefs(cwd, process.env, signal),
    });
    const answers = await askInOrder(asked, ask);
    return answers === undefined
      ? undefined
      : {
          command,
          cwd,
          inputs: checkInputValues(command, { ...wanted.inputs, ...answers }),
          inputsFrom: Object.keys(wanted.inputs).length === 0 ? 'person' : 'elsewhere',
        };
  }

  /** The command, once a person has approved what the folder brings; looked at again after that. */
  async #approved({ reference, cwd, from }: WantedCommand): Promise<CatalogCommand | undefined> {
    const { commands } = await this.#parts.services();
    for (;;) {
      const found: FoundCommand = await commands.find(reference, { cwd, ...(from === undefined ? {} : { from }) });
      const approvalId = commands.requestApproval(found);
      if (approvalId === undefined) {
        return found.command;
      }
      await this.#parts.reveal({ kind: 'approval', approvalId });
      if (!(await this.#parts.untilGranted(approvalId))) {
        const title = oneLine(found.command.title, LONGEST_TITLE);
        vscode.window.showInformationMessage(withoutLinks(vscode.l10n.t('"{0}" was not run.', title)));
        return undefined;
      }
    }
  }
}

function missingInputs(command: CatalogCommand, { inputs, asksAll }: WantedCommand): CatalogCommand['inputs'] {
  return command.inputs.filter(input => !Object.hasOwn(inputs, input.name) && (asksAll || isRequired(input)));
}
