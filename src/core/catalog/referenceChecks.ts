import { nearestWord } from '../validation/nearestWord.ts';
import type { YamlPath, YamlText } from '../validation/yamlText.ts';
import { badReference, type CommandFault } from './catalogFaults.ts';
import { parseTemplate, type Reference } from './template.ts';
import { STEP_FIELDS, WORKSPACE_FIELDS } from './valueScope.ts';

/** What can be seen from one place of a command. */
export interface Sight {
  readonly inputs: readonly string[];
  /** All steps of the command. */
  readonly steps: readonly string[];
  readonly before: ReadonlySet<string>;
  readonly item: boolean;
  /** The key, when the whole text is an expression. */
  readonly expression?: 'when' | 'foreach';
}

interface Obstacle {
  readonly why: string;
  readonly remedy: string;
}

/** Whether everything that a text's templates refer to is known, and there by then. */
export function checkReferences(yaml: YamlText, path: YamlPath, text: string, sight: Sight): CommandFault[] {
  return parseTemplate(text).flatMap(part => {
    if (part.kind === 'text') {
      return [];
    }
    const place = yaml.placeInside(path, '${{', part.index);
    if (part.kind === 'bad') {
      return [badReference(place, part.text, part.why, 'Write a name such as ${{ inputs.target }}.')];
    }
    const obstacle = obstacleTo(part.reference, sight);
    return obstacle === undefined ? [] : [badReference(place, part.reference.text, obstacle.why, obstacle.remedy)];
  });
}

/** Why something cannot be referred to from there. */
export function obstacleTo({ root, path, text }: Reference, sight: Sight): Obstacle | undefined {
  const [name, field] = path;
  switch (root) {
    case 'inputs':
      return name === undefined && sight.expression !== undefined
        ? undefined
        : (obstacleToName(name, sight.inputs, 'input') ?? (path.length > 1 ? tooDeep('an input') : undefined));
    case 'steps':
      return obstacleToStep(name, field, path.length, sight);
    case 'item':
      return sight.item
        ? undefined
        : { why: 'there is no item here.', remedy: 'Add "foreach:" to the step, or name something else.' };
    case 'workspace':
      return obstacleToName(name, WORKSPACE_FIELDS, 'value of the workspace');
    default: {
      const roots = ['inputs', 'steps', 'item', 'workspace'];
      const near = nearestWord(root, roots) ?? (sight.inputs.includes(text) ? `inputs.${text}` : undefined);
      return {
        why: `there is nothing with the name "${root}".`,
        remedy: near === undefined ? `It begins with ${roots.join(', ')}.` : `Did you mean "${near}"?`,
      };
    }
  }
}

function obstacleToStep(
  name: string | number | undefined,
  field: string | number | undefined,
  length: number,
  { steps, before }: Sight,
): Obstacle | undefined {
  const unknown = obstacleToName(name, steps, 'step');
  if (unknown !== undefined) {
    return unknown;
  }
  if (!before.has(String(name))) {
    return {
      why: `the step "${name}" does not come before this one.`,
      remedy: `Add "${name}" to "needs", or move the step below it.`,
    };
  }
  if (field === undefined) {
    return { why: 'it names the step, not what it gives.', remedy: `Write steps.${name}.output.` };
  }
  const noField = obstacleToName(field, STEP_FIELDS, 'value of a step');
  return noField ?? (field !== 'output' && length > 2 ? tooDeep(`the ${field} of a step`) : undefined);
}

function obstacleToName(
  name: string | number | undefined,
  known: readonly string[],
  what: string,
): Obstacle | undefined {
  if (typeof name === 'string' && known.includes(name)) {
    return undefined;
  }
  const near = typeof name === 'string' ? nearestWord(name, known) : undefined;
  return {
    why: name === undefined ? `it names no ${what}.` : `there is no ${what} "${name}".`,
    remedy:
      near !== undefined
        ? `Did you mean "${near}"?`
        : known.length === 0
          ? `This command has no ${what} that could be meant.`
          : `Known: ${known.join(', ')}.`,
  };
}

function tooDeep(what: string): Obstacle {
  return { why: `${what} has nothing inside.`, remedy: 'Remove what follows it.' };
}
