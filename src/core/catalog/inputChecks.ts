import { patternProblem } from '../validation/textPattern.ts';
import type { YamlText } from '../validation/yamlText.ts';
import { badInput, type CommandFault, duplicateName } from './catalogFaults.ts';
import type { CommandInput } from './commandSchema.ts';
import { inputProblem } from './inputValues.ts';

/** What the schema cannot say of inputs. */
export function checkInputs(inputs: readonly CommandInput[], yaml: YamlText): CommandFault[] {
  return inputs.flatMap((input, index) => {
    const faults: CommandFault[] = [];
    const at = (key: string) => yaml.placeOf(['inputs', index, key]);
    if (inputs.findIndex(({ name }) => name === input.name) < index) {
      faults.push(duplicateName(at('name'), 'inputs', input.name));
    }
    const problem = input.type === 'text' && input.pattern !== undefined ? patternProblem(input.pattern) : undefined;
    if (problem !== undefined) {
      faults.push(
        badInput(
          at('pattern'),
          input.name,
          `has a pattern that is none: ${problem}`,
          'Correct the regular expression.',
        ),
      );
    }
    if (input.type === 'choice' && new Set(input.choices).size < input.choices.length) {
      faults.push(badInput(at('choices'), input.name, 'has the same choice twice.', 'Remove one of them.'));
    }
    if (input.type === 'number' && (input.min ?? -Infinity) > (input.max ?? Infinity)) {
      faults.push(badInput(at('min'), input.name, 'has a min above its max.', 'Swap the two.'));
    }
    if (input.default !== undefined && faults.length === 0) {
      const why = inputProblem(input, input.default);
      if (why !== undefined) {
        faults.push(
          badInput(at('default'), input.name, `has a default that does not fit: it ${why}`, 'Correct one of the two.'),
        );
      }
    }
    return faults;
  });
}
