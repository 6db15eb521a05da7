import { dataBlock } from '../../base/dataBlock.ts';
import type { JsonValue } from '../../base/json.ts';
import { hasHiddenCharacters } from '../../base/visibleText.ts';
import { unusableValue } from './catalogErrors.ts';
import { onlyReference, parseTemplate, type Reference } from './template.ts';
import { referencedValue, type ValueScope } from './valueScope.ts';

const LONGEST_INLINE = 200;

/*
 * Values are data. Each function here fills in a template exactly once; what stands in a value is never a template,
 * an argument, a script or a YAML node again.
 */

/** For a prompt: what a person typed in one short line stands in the text, everything else is fenced and called data. */
export function interpolatePrompt(template: string, scope: ValueScope): string {
  let prompt = '';
  for (const part of parseTemplate(template)) {
    if (part.kind === 'value') {
      const value = asText(referencedValue(part.reference, scope));
      if (mayStandInline(part.reference, value, scope)) {
        prompt += value;
      } else {
        const isLineStart = prompt === '' || prompt.endsWith('\n');
        prompt += `${isLineStart ? '' : '\n'}${dataBlock(part.reference.text, value)}`;
      }
    } else {
      // A value that was fenced ends its line: the text goes on in the next one.
      prompt += part.text;
    }
  }
  return prompt;
}

/**
 * For one argument of a program, one variable or one path: exactly this one, with the same bytes.
 * @throws CatalogError `unusableValue` for a NUL, which no program can be given
 */
export function interpolateArgument(template: string, scope: ValueScope): string {
  const text = interpolateText(template, scope);
  if (text.includes('\0')) {
    throw unusableValue(`"${template}"`, 'it holds the character NUL, which no program can be given.');
  }
  return text;
}

/** A program and its arguments: as many as the author wrote. */
export function interpolateArguments(list: readonly (string | number)[], scope: ValueScope): string[] {
  return list.map(word => (typeof word === 'number' ? String(word) : interpolateArgument(word, scope)));
}

/** Variables for a program. Their names are the author's. */
export function interpolateEnvironment(
  variables: Readonly<Record<string, string | number | boolean>>,
  scope: ValueScope,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, interpolateArgument(String(value), scope)]),
  );
}

/** For an input of another command or a value of an action: a reference alone keeps its type. */
export function interpolateValue(template: string | number | boolean, scope: ValueScope): JsonValue {
  if (typeof template !== 'string') {
    return template;
  }
  const reference = onlyReference(parseTemplate(template));
  return reference === undefined ? interpolateText(template, scope) : referencedValue(reference, scope);
}

/** Plain text for a person, who sees it as text and nothing else. */
export function interpolateText(template: string, scope: ValueScope): string {
  return parseTemplate(template)
    .map(part => (part.kind === 'value' ? asText(referencedValue(part.reference, scope)) : part.text))
    .join('');
}

/** Names of MCP servers, with commas between; what is no name is refused where they are looked up. */
export function serverNames(template: string | undefined, scope: ValueScope): readonly string[] {
  return interpolateText(template ?? '', scope)
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
}

function mayStandInline({ root, path }: Reference, value: string, { inputsFrom }: ValueScope): boolean {
  const isTyped = root === 'inputs' && inputsFrom === 'person';
  const isOurs = root === 'workspace' || (root === 'steps' && path[1] === 'state');
  const isTidy = value.length <= LONGEST_INLINE && !/[\n\r\t\v\f]/.test(value) && !hasHiddenCharacters(value);
  return (isTyped || isOurs) && isTidy;
}

function asText(value: JsonValue): string {
  if (value === null) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value, undefined, 2) : String(value);
}
