import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Step } from './scenarioModel.ts';

/** Gives the value of a placeholder; undefined leaves it as it is written. */
export type PlaceholderValue = (name: string, key: string | undefined) => string | undefined;

const PLACEHOLDER = /\{\{\s*([A-Za-z]+)(?:\.([\w-]+))?\s*\}\}/g;

/** Puts values in once: a value that looks like a placeholder itself stays as it is. */
export function fillText(text: string, value: PlaceholderValue): string {
  return text.replace(PLACEHOLDER, (written, name: string, key: string | undefined) => value(name, key) ?? written);
}

/** Fills the strings of a value before it becomes JSON, so that nothing has to be escaped. */
export function fillJson(json: JsonValue, value: PlaceholderValue): JsonValue {
  if (typeof json === 'string') {
    return fillText(json, value);
  }
  if (Array.isArray(json)) {
    return json.map(item => fillJson(item, value));
  }
  return json === null || typeof json !== 'object' ? json : fillObject(json, value);
}

function fillObject(json: JsonObject, value: PlaceholderValue): JsonObject {
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, fillJson(item, value)]));
}

export function fillStep(step: Step, value: PlaceholderValue): Step {
  switch (step.kind) {
    case 'text':
    case 'thinking':
      return { ...step, text: fillText(step.text, value) };
    case 'tool':
      return { ...step, name: fillText(step.name, value), input: fillObject(step.input, value) };
    default:
      return step;
  }
}
