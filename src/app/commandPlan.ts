import type { JsonValue } from '../base/json.ts';
import type { CatalogCommand, GraphStep, InputValues } from '../core/catalog/command.ts';
import { parseTemplate } from '../core/catalog/template.ts';
import { referencedValue, type ValueScope } from '../core/catalog/valueScope.ts';
import { kindOf, type StepKind } from '../core/chains/stepWork.ts';

/** What a step would do. Text is for a person; values that are not known yet stand as they are written. */
export interface PlannedStep {
  readonly id: string;
  readonly title: string;
  readonly kind: StepKind;
  readonly needs: readonly string[];
  /** Steps of the same stage begin side by side, once those of earlier stages have ended. Counted from 1. */
  readonly stage: number;
  /** The prompt, the program with its arguments, the command, the action with its values, or the question. */
  readonly does: string;
  readonly profile?: string;
  readonly when?: string;
  readonly foreach?: string;
  readonly timeout?: string;
  readonly attempts?: number;
  readonly onFailure?: string;
  /** What the command of this step would do. */
  readonly plan?: CommandPlan;
}

/** What a command would do, without anything of it being done. */
export interface CommandPlan {
  readonly command: string;
  readonly title: string;
  readonly kind: 'prompt' | 'action' | 'steps';
  readonly profile?: string;
  readonly limits: CatalogCommand['limits'];
  readonly snapshot: 'try' | 'required';
  readonly steps: readonly PlannedStep[];
}

/** @param nested what the commands of its steps would do, by the id of the step. Pure. */
export function commandPlan(
  command: CatalogCommand,
  scope: ValueScope,
  nested: ReadonlyMap<string, CommandPlan> = new Map(),
): CommandPlan {
  const steps = stepsOfBody(command);
  const stages = stagesOf(steps);
  return {
    command: command.fullName,
    title: command.title,
    kind: command.body.kind,
    ...(command.profile === undefined ? {} : { profile: command.profile }),
    limits: command.limits,
    snapshot: command.requiresSnapshot ? 'required' : 'try',
    steps: steps.map(step =>
      planned(step, command, { scope, stage: stages.get(step.id) ?? 1, plan: nested.get(step.id) }),
    ),
  };
}

/** What a command is given by a step. What comes from steps that have not run stands as it is written. */
export function plannedInputs(
  { inputs }: Pick<CatalogCommand, 'inputs'>,
  given: Readonly<Record<string, string | number | boolean>> = {},
  scope: ValueScope,
): InputValues {
  return Object.fromEntries(
    inputs.map((input): [string, JsonValue] => {
      const value = Object.hasOwn(given, input.name) ? given[input.name] : undefined;
      return [input.name, typeof value === 'string' ? knownText(value, scope) : (value ?? input.default ?? null)];
    }),
  );
}

/** The body as steps: a command of one prompt or one action has one. */
export function stepsOfBody({ body }: Pick<CatalogCommand, 'body'>): readonly GraphStep[] {
  switch (body.kind) {
    case 'steps':
      return body.steps;
    case 'prompt':
      return [{ id: 'prompt', needs: [], prompt: body.prompt }];
    case 'action':
      return [{ id: 'action', needs: [], action: body.action, with: { ...body.with } }];
  }
}

function planned(
  step: GraphStep,
  command: CatalogCommand,
  {
    scope,
    stage,
    plan,
  }: { readonly scope: ValueScope; readonly stage: number; readonly plan: CommandPlan | undefined },
): PlannedStep {
  const { id, needs, title, when, foreach, timeout, retry, onFailure } = step;
  const profile = 'prompt' in step ? (step.profile ?? command.profile) : undefined;
  return {
    id,
    title: title ?? id,
    kind: kindOf(step),
    needs,
    stage,
    does: whatItDoes(step, text => knownText(text, scope)),
    ...(profile === undefined ? {} : { profile }),
    ...(when === undefined ? {} : { when }),
    ...(foreach === undefined ? {} : { foreach: typeof foreach === 'string' ? foreach : JSON.stringify(foreach) }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retry === undefined ? {} : { attempts: retry.attempts }),
    ...(onFailure === undefined ? {} : { onFailure: typeof onFailure === 'string' ? onFailure : onFailure.step }),
    ...(plan === undefined ? {} : { plan }),
  };
}

function whatItDoes(step: GraphStep, fill: (text: string) => string): string {
  if ('prompt' in step) {
    return fill(step.prompt);
  }
  if ('run' in step) {
    return typeof step.run === 'string' ? step.run : step.run.map(word => quoted(fill(String(word)))).join(' ');
  }
  if ('command' in step) {
    return [step.command, ...pairs(step.inputs, fill)].join(' ');
  }
  if ('action' in step) {
    return [step.action, ...pairs(step.with, fill)].join(' ');
  }
  return fill(step.approve);
}

function pairs(
  values: Readonly<Record<string, string | number | boolean>> = {},
  fill: (text: string) => string,
): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${quoted(fill(String(value)))}`);
}

/** One word stays one word for the eye. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word);
}

/** Inputs and the workspace are known before anything runs. */
function knownText(template: string, scope: ValueScope): string {
  return parseTemplate(template)
    .map(part => {
      if (part.kind === 'text') {
        return part.text;
      }
      const isKnown =
        part.kind === 'value' && (part.reference.root === 'inputs' || part.reference.root === 'workspace');
      if (part.kind === 'bad' || !isKnown) {
        return `\${{ ${part.kind === 'bad' ? part.text : part.reference.text} }}`;
      }
      const value = referencedValue(part.reference, scope);
      return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    })
    .join('');
}

function stagesOf(steps: readonly GraphStep[]): ReadonlyMap<string, number> {
  const stages = new Map<string, number>();
  const look = (step: GraphStep, way: readonly string[]): number => {
    const known = stages.get(step.id);
    if (known !== undefined || way.includes(step.id)) {
      return known ?? 1;
    }
    const before = steps.filter(other => step.needs.includes(other.id));
    const stage = 1 + Math.max(0, ...before.map(other => look(other, [...way, step.id])));
    stages.set(step.id, stage);
    return stage;
  };
  for (const step of steps) {
    look(step, []);
  }
  return stages;
}
