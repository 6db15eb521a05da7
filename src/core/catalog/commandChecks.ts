import { schemaFaults } from '../validation/jsonSchemaShape.ts';
import { nearestWord } from '../validation/nearestWord.ts';
import type { YamlPath, YamlText } from '../validation/yamlText.ts';
import {
  type CommandFault,
  duplicateName,
  mcpWithoutPrompt,
  notFilledIn,
  stepCycle,
  unknownStep,
  withWithoutAction,
  wrongBody,
  wrongStep,
} from './catalogFaults.ts';
import type { GraphStep } from './command.ts';
import type { CommandFile, LeafStep, RunStep } from './commandSchema.ts';
import { filledScript } from './filledScript.ts';
import { checkReferences, type Sight } from './referenceChecks.ts';
import { allBefore, cycleIn, directlyBefore, leafSteps, type PlacedStep, stepGraph } from './stepGraph.ts';

const BODIES = ['prompt', 'action', 'steps'] as const;
/** Variables that decide which program runs: a value must not. */
const DANGEROUS_VARIABLE =
  /^(?:PATH|PATHEXT|ENV|BASH_ENV|IFS|PS4|SHELLOPTS|PROMPT_COMMAND|COMSPEC|EDITOR|VISUAL|PAGER|LD_.*|DYLD_.*|GIT_.*|NODE_OPTIONS|NODE_PATH|PYTHON.*|PERL.*|RUBY.*|JAVA_TOOL_OPTIONS|CLAUDE.*|ANTHROPIC.*)$/i;

/** What the schema cannot say of what a command does. */
export async function checkBody(entry: CommandFile, yaml: YamlText): Promise<CommandFault[]> {
  const bodies = BODIES.filter(key => entry[key] !== undefined);
  const faults: CommandFault[] = [];
  if (bodies.length !== 1) {
    faults.push(wrongBody(bodies.length > 0 ? yaml.placeOf([String(bodies.at(-1))], 'key') : yaml.placeOf([]), bodies));
  }
  if (entry.with !== undefined && entry.action === undefined) {
    faults.push(withWithoutAction(yaml.placeOf(['with'], 'key')));
  }
  const inputs = (entry.inputs ?? []).map(({ name }) => name);
  const sight: Sight = { inputs, before: new Set(), steps: [], item: false };
  if (entry.prompt !== undefined) {
    faults.push(...checkReferences(yaml, ['prompt'], entry.prompt, sight));
  }
  if (entry.mcp !== undefined) {
    faults.push(
      ...(entry.prompt === undefined
        ? [mcpWithoutPrompt(yaml.placeOf(['mcp'], 'key'))]
        : checkReferences(yaml, ['mcp'], entry.mcp, sight)),
    );
  }
  faults.push(...valuesOf(['with'], entry.with).flatMap(([path, text]) => checkReferences(yaml, path, text, sight)));
  return [...faults, ...(await checkSteps(entry, inputs, yaml))];
}

async function checkSteps(entry: CommandFile, inputs: readonly string[], yaml: YamlText): Promise<CommandFault[]> {
  const steps = entry.steps ?? [];
  const leaves = leafSteps(steps);
  const ids = leaves.map(({ step }) => step.id);
  const faults = [
    ...leaves
      .filter(({ step }, index) => ids.indexOf(step.id) < index)
      .map(({ step, path }) => duplicateName(yaml.placeOf([...path, 'id']), 'steps', step.id)),
    ...leaves.flatMap(leaf => unknownSteps(leaf, ids, yaml)),
  ];
  if (faults.length > 0) {
    // Without clear names nothing can be said of what comes before what.
    return faults;
  }
  const graph = stepGraph(steps);
  const cycle = cycleIn(new Map(graph.map(step => [step.id, directlyBefore(graph, step)])));
  if (cycle !== undefined) {
    const leaf = leaves.find(({ step }) => step.id === cycle[0]);
    const key = leaf?.step.needs === undefined ? 'id' : 'needs';
    return [stepCycle(yaml.placeOf([...(leaf?.path ?? ['steps']), key], 'key'), [...cycle].reverse())];
  }
  const found = leaves.map(async leaf => [
    ...checkRun(leaf, yaml),
    ...checkSchema(leaf, yaml),
    ...(await checkStepValues(leaf, graph, inputs, yaml)),
  ]);
  return (await Promise.all(found)).flat();
}

function unknownSteps({ step, path }: PlacedStep, ids: readonly string[], yaml: YamlText): CommandFault[] {
  const wanted: [YamlPath, string][] = (step.needs ?? []).map((id, index) => [[...path, 'needs', index], id]);
  if (typeof step.onFailure === 'object') {
    wanted.push([[...path, 'onFailure', 'step'], step.onFailure.step]);
  }
  return wanted
    .filter(([, id]) => !ids.includes(id))
    .map(([at, id]) => unknownStep(yaml.placeOf(at), id, nearestWord(id, ids)));
}

function checkRun({ step, path }: PlacedStep, yaml: YamlText): CommandFault[] {
  if (!('run' in step)) {
    return [];
  }
  const isText = typeof step.run === 'string';
  if (isText && step.shell !== true) {
    return [
      wrongStep(
        yaml.placeOf([...path, 'run']),
        step.id,
        'has its program as one text.',
        'Write a list such as [git, status], or add "shell: true".',
      ),
    ];
  }
  if (!isText && step.shell === true) {
    return [
      wrongStep(
        yaml.placeOf([...path, 'shell'], 'key'),
        step.id,
        'has a list for a shell.',
        'Remove "shell", or write the script as one text.',
      ),
    ];
  }
  return [...valueAsScript(step, path, yaml), ...dangerousVariables(step, path, yaml)];
}

function checkSchema({ step, path }: PlacedStep, yaml: YamlText): CommandFault[] {
  if (!('output' in step) || typeof step.output !== 'object' || !('schema' in step.output)) {
    return [];
  }
  return schemaFaults(step.output.schema).map(({ path: inner, why }) =>
    wrongStep(
      yaml.placeOf([...path, 'output', 'schema', ...inner]),
      step.id,
      `cannot check its output: the schema ${why}.`,
      'Correct the JSON Schema.',
    ),
  );
}

/** In a list a value is one argument; but an argument that is a script is code. */
function valueAsScript(step: RunStep, path: YamlPath, yaml: YamlText): CommandFault[] {
  const found = typeof step.run === 'string' ? undefined : filledScript(step.run.map(String));
  return found === undefined
    ? []
    : [
        wrongStep(
          yaml.placeOf([...path, 'run', found.index]),
          step.id,
          `puts a value into a script of ${found.program}, where it would be read as code.`,
          'Give the value as an argument of its own after the script, or in env.',
        ),
      ];
}

function dangerousVariables(step: RunStep, path: YamlPath, yaml: YamlText): CommandFault[] {
  return Object.entries(step.env ?? {})
    .filter(([name, value]) => DANGEROUS_VARIABLE.test(name) && String(value).includes('${{'))
    .map(([name]) =>
      wrongStep(
        yaml.placeOf([...path, 'env', name]),
        step.id,
        `fills in the variable ${name}, which can decide what runs.`,
        'Write a fixed value, or use another variable.',
      ),
    );
}

async function checkStepValues(
  { step, path }: PlacedStep,
  graph: readonly GraphStep[],
  inputs: readonly string[],
  yaml: YamlText,
): Promise<CommandFault[]> {
  const before = allBefore(graph, step.id);
  const steps = graph.map(({ id }) => id);
  const outside: Sight = { inputs, before, steps, item: false };
  const inside: Sight = { ...outside, item: step.foreach !== undefined };
  const faults = templatesOf(step).flatMap(([inner, text]) => checkReferences(yaml, [...path, ...inner], text, inside));
  for (const key of ['when', 'foreach'] as const) {
    const text = step[key];
    if (typeof text === 'string') {
      // Loaded on demand: what reads expressions is large, and few commands have one.
      const { checkExpressionText } = await import('./expressionChecks.ts');
      faults.push(...checkExpressionText(yaml, [...path, key], text, { ...outside, expression: key }));
    }
  }
  return [...faults, ...unfilled(step, path, yaml)];
}

/** Every text of a step that values are filled in in, with the way to it. */
function templatesOf(step: LeafStep): [YamlPath, string][] {
  if ('prompt' in step) {
    return [[['prompt'], step.prompt], ...(step.mcp === undefined ? [] : [[['mcp'], step.mcp] as [YamlPath, string]])];
  }
  if ('command' in step) {
    return valuesOf(['inputs'], step.inputs);
  }
  if ('action' in step) {
    return valuesOf(['with'], step.with);
  }
  if ('approve' in step) {
    return [
      [['approve'], step.approve],
      ...(step.show === undefined ? [] : [[['show'], step.show] as [YamlPath, string]]),
    ];
  }
  const words = typeof step.run === 'string' ? [] : step.run.slice(1);
  return [
    ...words.flatMap((word, index): [YamlPath, string][] =>
      typeof word === 'string' ? [[['run', index + 1], word]] : [],
    ),
    ...(step.cwd === undefined ? [] : [[['cwd'], step.cwd] as [YamlPath, string]]),
    ...valuesOf(['env'], step.env),
  ];
}

/** Texts that look as if values were filled in in them, and where they are not. */
function unfilled(step: LeafStep, path: YamlPath, yaml: YamlText): CommandFault[] {
  const found: CommandFault[] = [];
  const look = (text: unknown, inner: YamlPath, key: string, remedy: string): void => {
    if (typeof text === 'string' && text.includes('${{')) {
      found.push(notFilledIn(yaml.placeInside([...path, ...inner], '${{', 0), key, remedy));
    }
  };
  look(step.title, ['title'], 'title', 'Write the title out.');
  if (Array.isArray(step.foreach)) {
    step.foreach.forEach((item, index) => {
      look(
        item,
        ['foreach', index],
        'foreach',
        'Write an expression in place of the list, such as [inputs.one, "two"].',
      );
    });
  }
  if ('run' in step) {
    if (typeof step.run === 'string') {
      look(
        step.run,
        ['run'],
        'run',
        'Give the value to the script as a variable: "env:", and then "$NAME" in the script.',
      );
    } else {
      look(step.run[0], ['run', 0], 'run', 'Name the program: a value cannot choose it.');
    }
  }
  if ('output' in step && typeof step.output === 'object' && 'files' in step.output) {
    step.output.files.forEach((file, index) => {
      look(file, ['output', 'files', index], 'files', 'Write the path or the glob out.');
    });
  }
  return found;
}

function valuesOf(
  path: YamlPath,
  values: Readonly<Record<string, string | number | boolean>> | undefined,
): [YamlPath, string][] {
  return Object.entries(values ?? {}).flatMap(([name, value]): [YamlPath, string][] =>
    typeof value === 'string' ? [[[...path, name], value]] : [],
  );
}
