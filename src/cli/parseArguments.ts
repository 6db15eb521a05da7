import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { CommandSpec, OperandSpec, OptionSpec } from './commandSpec.ts';
import { GivenArguments } from './givenArguments.ts';
import {
  badValue,
  missingOperand,
  missingValue,
  tooManyOperands,
  unexpectedValue,
  unknownCommand,
  unknownOption,
} from './usageError.ts';

export type ParsedLine =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly command?: CommandSpec }
  /** Nothing was asked for. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'command'; readonly command: CommandSpec; readonly given: GivenArguments };

interface Token {
  readonly kind: 'option' | 'positional' | 'option-terminator';
  readonly name?: string;
  readonly rawName?: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/**
 * Reads a command line by the table of commands. Options may stand before or behind the command; `help COMMAND` is what
 * people type who know other programs.
 * @throws UsageError with the nearest name for what is unknown.
 */
export function parseArguments(
  words: readonly string[],
  commands: readonly CommandSpec[],
  globals: readonly OptionSpec[],
): ParsedLine {
  if (words[0] === 'help') {
    return parseArguments([...words.slice(1), '--help'], commands, globals);
  }
  const all = [...globals, ...commands.flatMap(command => command.options)];
  const name = tokensOf(words, all).find(token => token.kind === 'positional')?.value;
  const command = name === undefined ? undefined : findCommand(name, commands);
  const options = [...(command?.options ?? []), ...globals];
  const tokens = tokensOf(words, options);
  const values = collectValues(tokens, options, command?.name);
  if (values.has('help')) {
    return { kind: 'help', ...(command === undefined ? {} : { command }) };
  }
  if (values.has('version')) {
    return { kind: 'version' };
  }
  if (command === undefined) {
    return { kind: 'nothing' };
  }
  const operands = tokens.flatMap(token => (token.kind === 'positional' ? [token.value ?? ''] : [])).slice(1);
  return { kind: 'command', command, given: new GivenArguments(fitOperands(operands, command), values) };
}

export function findCommand(name: string, commands: readonly CommandSpec[]): CommandSpec {
  const found = commands.find(command => command.name === name || command.aliases?.includes(name));
  if (found === undefined) {
    const names = commands.flatMap(command => [command.name, ...(command.aliases ?? [])]);
    throw unknownCommand(name, names);
  }
  return found;
}

function tokensOf(words: readonly string[], options: readonly OptionSpec[]): readonly Token[] {
  const config: ParseArgsConfig = {
    args: [...words],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        options.map(({ name, kind }) => [name, { type: kind === 'flag' ? 'boolean' : 'string' } as const]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  };
  return (parseArgs(config).tokens ?? []) as readonly Token[];
}

function collectValues(
  tokens: readonly Token[],
  options: readonly OptionSpec[],
  command: string | undefined,
): ReadonlyMap<string, readonly (string | true)[]> {
  const values = new Map<string, (string | true)[]>();
  for (const token of tokens) {
    if (token.kind === 'option') {
      const option = options.find(other => other.name === token.name);
      if (option === undefined) {
        throw unknownOption(
          token.rawName ?? '',
          options.map(other => `--${other.name}`),
          command,
        );
      }
      values.set(option.name, [...(values.get(option.name) ?? []), valueGiven(token, option, command)]);
    }
  }
  return values;
}

function valueGiven(token: Token, option: OptionSpec, command: string | undefined): string | true {
  const { value, inlineValue } = token;
  const written = `--${option.name}`;
  if (option.kind === 'flag') {
    if (value !== undefined) {
      throw unexpectedValue(written, command);
    }
    return true;
  }
  const looksLikeOption = inlineValue !== true && value !== undefined && value.length > 1 && value.startsWith('-');
  if (value === undefined || looksLikeOption) {
    throw missingValue(written, option.value ?? 'VALUE', command);
  }
  if (option.choices !== undefined && !option.choices.includes(value)) {
    throw badValue(written, value, `one of ${option.choices.join(', ')}`, option.choices);
  }
  return value;
}

function fitOperands(words: readonly string[], command: CommandSpec): readonly string[] {
  const operands: string[] = [];
  for (const [index, operand] of command.operands.entries()) {
    const word = operand.takesRest === true ? words.slice(index).join(' ') : words[index];
    if (word !== undefined && index < words.length) {
      operands.push(...(operand.repeats === true ? words.slice(index) : [word]));
    } else if (operand.isOptional !== true) {
      throw missingOperand(wordsFor(operand), command.name);
    }
  }
  const extra = words[command.operands.length];
  const last = command.operands.at(-1);
  if (extra !== undefined && last?.takesRest !== true && last?.repeats !== true) {
    throw tooManyOperands(extra, command.name);
  }
  return operands;
}

function wordsFor(operand: OperandSpec): string {
  return `${/^[AEIOU]/.test(operand.name) ? 'an' : 'a'} ${operand.name}`;
}
