import { PanelError } from '../../base/panelError.ts';
import { nearestWord } from '../../core/validation/nearestWord.ts';

export type ActionErrorReason = 'unknownAction' | 'badActionInput' | 'reportsOutside';

export class ActionError extends PanelError<ActionErrorReason> {
  readonly family = 'action';
}

export function unknownAction(name: string, known: readonly string[]): ActionError {
  const near = nearestWord(name, known);
  return new ActionError('unknownAction', {
    message: `There is no action "${name}" in this version of the control panel.`,
    ...(known.length === 0 ? {} : { detail: `The actions are: ${[...known].sort().join(', ')}.` }),
    remedy: near === undefined ? 'Correct the name in the command.' : `Did you mean "${near}"?`,
  });
}

export function badActionInput(
  name: string,
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): ActionError {
  const problems = issues.map(
    ({ path, message }) => `${path.length === 0 ? 'with' : path.map(String).join('.')}: ${message}`,
  );
  return new ActionError('badActionInput', {
    message: `The action "${name}" was not run: a value does not fit.`,
    detail: problems.join('\n'),
    remedy: 'Correct the values under "with" in the command.',
  });
}

export function reportsOutside(place: string): ActionError {
  return new ActionError('reportsOutside', {
    message: `The document was not written: ${place} is no folder of this workspace.`,
    detail: 'It is a file, or a link that leads to another place.',
    remedy: `Remove ${place}, and run the command again.`,
  });
}
