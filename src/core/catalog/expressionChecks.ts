import type { YamlPath, YamlText } from '../validation/yamlText.ts';
import { badExpression, type CommandFault } from './catalogFaults.ts';
import { checkExpression } from './expression.ts';
import { obstacleTo, type Sight } from './referenceChecks.ts';

/** Whether a text is an expression of the right type, and everything that it refers to is known, and there by then. */
export function checkExpressionText(
  yaml: YamlText,
  path: YamlPath,
  text: string,
  sight: Sight & { readonly expression: 'when' | 'foreach' },
): CommandFault[] {
  const place = yaml.placeOf(path);
  const checked = checkExpression(text);
  if (checked.state === 'bad') {
    const hyphen = sight.steps.find(id => id.includes('-') && text.includes(`steps.${id}`));
    const remedy =
      hyphen === undefined
        ? 'Correct the expression; docs/commands.md shows examples.'
        : `A name with a hyphen is written steps["${hyphen}"] here.`;
    return [badExpression(place, sight.expression, checked.why, remedy)];
  }
  const wanted = sight.expression === 'when' ? ['bool', 'dyn'] : ['list', 'dyn'];
  if (!wanted.some(type => checked.type === type || checked.type.startsWith(`${type}<`))) {
    const what = sight.expression === 'when' ? 'neither true nor false' : 'no list';
    return [badExpression(place, sight.expression, `it gives ${what}.`, 'Correct the expression.')];
  }
  return checked.references.flatMap(reference => {
    const obstacle = obstacleTo(reference, sight);
    return obstacle === undefined
      ? []
      : [badExpression(place, sight.expression, `${reference.text}: ${obstacle.why}`, obstacle.remedy)];
  });
}
