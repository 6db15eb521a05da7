import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import type { JsonValue } from '../../base/json.ts';
import { withinTime } from '../validation/timeLimit.ts';
import { expressionFailed } from './catalogErrors.ts';
import { fromCel, toCel } from './celValues.ts';
import type { Reference } from './template.ts';
import type { ValueScope } from './valueScope.ts';

const LONGEST = 4000;
const MOST_MILLISECONDS = 1000;
/** What one `foreach` may go over. */
const MOST_ITEMS = 1000;

const ROOTS = ['inputs', 'steps', 'item', 'workspace'];
const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

const environment = new Environment({
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 1000, maxDepth: 40, maxListElements: 200, maxMapEntries: 200, maxCallArguments: 16 },
})
  .registerVariable('inputs', 'map')
  .registerVariable('steps', 'map')
  .registerVariable('item', 'dyn')
  .registerVariable('workspace', 'map');

type CheckedExpression =
  | { readonly state: 'good'; readonly references: readonly Reference[]; readonly type: string }
  | { readonly state: 'bad'; readonly why: string };

/** `when: ${{ x }}` means the same as `when: x`. */
function bareExpression(text: string): string {
  return /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(text)?.[1]?.trim() ?? text;
}

/** Reads an expression without working it out. Never throws. */
export function checkExpression(text: string): CheckedExpression {
  if (text.length > LONGEST) {
    return { state: 'bad', why: `it has more than ${LONGEST} characters.` };
  }
  try {
    const parsed = environment.parse(bareExpression(text));
    const references: Reference[] = [];
    const why = collect(parsed.ast, new Set(), references);
    if (why !== undefined) {
      return { state: 'bad', why };
    }
    const checked = parsed.check();
    return checked.valid
      ? { state: 'good', references, type: checked.type ?? 'dyn' }
      : { state: 'bad', why: firstLine(checked.error) };
  } catch (error) {
    return { state: 'bad', why: firstLine(error) };
  }
}

/** @throws CatalogError `expressionFailed` */
export function evaluateExpression(text: string, scope: ValueScope): JsonValue {
  const checked = checkExpression(text);
  if (checked.state === 'bad') {
    throw expressionFailed(text, checked.why);
  }
  let outcome: { readonly value: unknown } | undefined;
  try {
    const { inputs, steps, item, workspace } = scope;
    const values = { inputs, steps, item: item ?? null, workspace };
    const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toCel(value)]));
    outcome = withinTime(MOST_MILLISECONDS, () => fromCel(environment.evaluate(bareExpression(text), given)));
  } catch (error) {
    throw expressionFailed(text, firstLine(error));
  }
  if (outcome === undefined) {
    throw expressionFailed(text, 'It takes too long: it goes over too many values.');
  }
  if (outcome.value === undefined) {
    throw expressionFailed(text, 'It gives something that is neither text, number, truth value, list nor map.');
  }
  return outcome.value as JsonValue;
}

/** @throws CatalogError `expressionFailed`, also when it gives something else than true or false */
export function evaluateCondition(text: string, scope: ValueScope): boolean {
  const value = evaluateExpression(text, scope);
  if (typeof value !== 'boolean') {
    throw expressionFailed(text, 'It gives neither true nor false.');
  }
  return value;
}

/** @throws CatalogError `expressionFailed`, also when it gives no list, or one that is too long */
export function evaluateItems(foreach: string | readonly JsonValue[], scope: ValueScope): readonly JsonValue[] {
  const value = typeof foreach === 'string' ? evaluateExpression(foreach, scope) : foreach;
  if (!Array.isArray(value)) {
    throw expressionFailed(String(foreach), 'It gives no list.');
  }
  if (value.length > MOST_ITEMS) {
    throw expressionFailed(
      String(foreach),
      `It gives a list of ${value.length} items; at most ${MOST_ITEMS} are gone over.`,
    );
  }
  return value as readonly JsonValue[];
}

/** Finds what it reads; the answer is what is wrong. Names that a macro binds are not ours. */
function collect(node: ASTNode, bound: ReadonlySet<string>, found: Reference[]): string | undefined {
  const way = wayOf(node);
  if (way !== undefined) {
    if (!bound.has(way.root) && ROOTS.includes(way.root)) {
      found.push(way);
    }
    return undefined;
  }
  if (node.op === 'rcall') {
    const [name, receiver, args] = node.args;
    const variable = args[0];
    const isBind = name === 'bind' && receiver.op === 'id' && receiver.args === 'cel';
    if ((MACROS.has(name) || isBind) && variable?.op === 'id') {
      if (ROOTS.includes(variable.args)) {
        return `"${variable.args}" already has a meaning; take another name for the variable.`;
      }
      const inside = new Set([...bound, variable.args]);
      const before = isBind ? undefined : collect(receiver, bound, found);
      return before ?? firstOf(args.slice(1), one => collect(one, inside, found));
    }
  }
  return firstOf(childrenOf(node), child => collect(child, bound, found));
}

/** A name, or a way into it, such as `steps.review.output["x"][0]`. */
function wayOf(node: ASTNode): Reference | undefined {
  const path: (string | number)[] = [];
  let inside = node;
  while (inside.op === '.' || inside.op === '[]') {
    const [owner, key] = inside.args;
    if (typeof key === 'string') {
      path.unshift(key);
    } else if (key.op === 'value' && (typeof key.args === 'string' || typeof key.args === 'bigint')) {
      path.unshift(typeof key.args === 'string' ? key.args : Number(key.args));
    } else {
      return undefined;
    }
    inside = owner;
  }
  return inside.op === 'id' ? { root: inside.args, path, text: node.input.slice(node.start, node.end) } : undefined;
}

function childrenOf(node: ASTNode): ASTNode[] {
  const children: ASTNode[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (typeof value === 'object' && value !== null && 'op' in value) {
      children.push(value as ASTNode);
    }
  };
  visit(node.args);
  return children;
}

function firstOf<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.split('\n')[0]?.trim() ?? '';
  const sentence = line.charAt(0).toLowerCase() + line.slice(1);
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}
