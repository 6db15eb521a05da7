import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type * as z from 'zod';
import { compileReply, compileRule } from './compileScenario.ts';
import { scenarioInvalid, scenarioNotYaml, type TextPosition } from './rehearsalError.ts';
import type { Round, Scenario } from './scenarioModel.ts';
import { promptScriptSchema, scenarioSchema } from './scenarioSchema.ts';

/** Reads a scenario. Throws a `RehearsalError` that names line and column, both from 1. */
export function parseScenario(text: string, fileName = 'scenario.yaml'): Scenario {
  const written = readChecked(text, fileName, scenarioSchema);
  return {
    name: written.name ?? fileName,
    rules: written.rules.map((rule, index) => compileRule(rule, index, written.defaults)),
  };
}

/** Reads the rounds that a prompt brings along. Throws as {@link parseScenario} does. */
export function parsePromptScript(text: string): Round[] {
  const written = readChecked(text, 'rehearse block', promptScriptSchema);
  return compileReply(written.reply, written.defaults);
}

function readChecked<T>(text: string, fileName: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const fault = document.errors[0];
  if (fault !== undefined) {
    throw scenarioNotYaml(fileName, positionOf(lines, fault.pos[0]), fault.message);
  }
  const checked = schema.safeParse(document.toJS());
  if (checked.success) {
    return checked.data;
  }
  const issue = checked.error.issues[0];
  const offset = issue === undefined ? 0 : offsetOf(document.contents, issue);
  throw scenarioInvalid(fileName, positionOf(lines, offset), issue === undefined ? 'is empty' : describe(issue));
}

function positionOf(lines: LineCounter, offset: number): TextPosition {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(part => (typeof part === 'number' ? `[${part + 1}]` : `.${String(part)}`)).join('');
  const where = path.replace(/^\./, '');
  return where === '' ? issue.message : `${where}: ${issue.message}`;
}

/** The offset of the key or item that an issue is about. */
function offsetOf(root: Node | null, issue: z.core.$ZodIssue): number {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  let node: Node | null = root;
  let offset = root?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === String(part));
      if (pair === undefined) {
        // A shorthand has fewer levels than what it stands for: this level is not in the text.
        continue;
      }
      offset = (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = isNode(pair.value) ? pair.value : null;
    } else if (isSeq(node) && typeof part === 'number') {
      const item: unknown = node.items[part];
      node = isNode(item) ? item : null;
      offset = node?.range?.[0] ?? offset;
    }
  }
  return offset;
}
