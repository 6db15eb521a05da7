import { PanelError } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import { describePlace } from '../validation/fileFault.ts';
import type { CommandFault } from './catalogFaults.ts';

export type CatalogErrorReason =
  | 'unknownCommand'
  | 'brokenCommand'
  | 'badInputs'
  | 'missingValue'
  | 'unusableValue'
  | 'expressionFailed';

export class CatalogError extends PanelError<CatalogErrorReason> {
  readonly family = 'catalog';

  constructor(reason: CatalogErrorReason, text: { message: string; detail?: string | undefined; remedy: string }) {
    super(reason, { ...text, message: visibleText(text.message), detail: text.detail && visibleText(text.detail) });
  }
}

export function noSuchCommand(reference: string, nearest: string | undefined, known: readonly string[]): CatalogError {
  return new CatalogError('unknownCommand', {
    message: `There is no command "${reference}".`,
    ...(known.length === 0 ? {} : { detail: `Commands: ${known.join(', ')}.` }),
    remedy: nearest === undefined ? 'Choose one of the commands.' : `Did you mean "${nearest}"?`,
  });
}

export function brokenCommand(fullName: string, faults: readonly CommandFault[]): CatalogError {
  return new CatalogError('brokenCommand', {
    message: `The command "${fullName}" cannot be used: its file is not right.`,
    detail: faults.map(({ place, message }) => `${describePlace(place)}: ${message}`).join('\n'),
    remedy: faults[0]?.remedy ?? 'Correct the file.',
  });
}

/** @param problems one sentence for each input, with its name */
export function badInputs(command: string, problems: readonly string[]): CatalogError {
  return new CatalogError('badInputs', {
    message: `The command "${command}" was not run: ${problems.length === 1 ? problems[0] : `${problems.length} of its inputs do not fit.`}`,
    ...(problems.length === 1 ? {} : { detail: problems.join('\n') }),
    remedy: `"claude-panel commands" shows what its inputs must be.`,
  });
}

export function missingValue(written: string): CatalogError {
  return new CatalogError('missingValue', {
    message: `\${{ ${written} }} has no value.`,
    detail: 'The step before did not give it, or its output has another shape.',
    remedy: 'Correct the reference, or give the step before an output with a schema that requires it.',
  });
}

export function unusableValue(where: string, why: string): CatalogError {
  return new CatalogError('unusableValue', {
    message: `A value cannot be used in ${where}: ${why}`,
    remedy: 'Look at where the value comes from.',
  });
}

export function expressionFailed(expression: string, why: string): CatalogError {
  return new CatalogError('expressionFailed', {
    message: `The expression could not be worked out: ${expression}`,
    detail: why,
    remedy: 'Correct the expression; has(…) tells whether a value is there.',
  });
}
