import { PanelError } from '../base/panelError.ts';
import { nearestWord } from '../core/validation/nearestWord.ts';

export type UsageErrorReason =
  | 'unknownCommand'
  | 'unknownOption'
  | 'missingValue'
  | 'unexpectedValue'
  | 'badValue'
  | 'optionDoesNotFit'
  | 'missingOperand'
  | 'tooManyOperands'
  | 'unknownId'
  | 'ambiguousId'
  | 'unreadableFile'
  | 'insideTask';

/** The command was typed in a way that cannot be meant; the program ends with exit code 2. */
export class UsageError extends PanelError<UsageErrorReason> {
  readonly family = 'usage';
}

function help(command: string | undefined): string {
  return command === undefined ? 'claude-panel --help lists all commands.' : `See claude-panel ${command} --help.`;
}

function didYouMean(given: string, known: readonly string[]): string {
  const nearest = known.find(name => given.length > 3 && name.startsWith(given)) ?? nearestWord(given, known);
  return nearest === undefined ? '' : `Did you mean ${nearest}? `;
}

export function unknownCommand(given: string, known: readonly string[]): UsageError {
  return new UsageError('unknownCommand', {
    message: `There is no command "${given}".`,
    remedy: `${didYouMean(given, known)}${help(undefined)}`,
  });
}

export function unknownOption(given: string, known: readonly string[], command: string | undefined): UsageError {
  return new UsageError('unknownOption', {
    message: `There is no option ${given}${command === undefined ? '' : ` for claude-panel ${command}`}.`,
    remedy: `${didYouMean(given, known)}${help(command)}`,
  });
}

export function missingValue(option: string, placeholder: string, command: string | undefined): UsageError {
  return new UsageError('missingValue', {
    message: `The option ${option} needs a value: ${option} ${placeholder}.`,
    remedy: `A value that begins with "-" is written ${option}=VALUE. ${help(command)}`,
  });
}

export function unexpectedValue(option: string, command: string | undefined): UsageError {
  return new UsageError('unexpectedValue', {
    message: `The option ${option} takes no value.`,
    remedy: help(command),
  });
}

export function badValue(option: string, given: string, expected: string, choices: readonly string[] = []): UsageError {
  return new UsageError('badValue', {
    message: `"${given}" is no value for ${option}.`,
    remedy: `${didYouMean(given, choices)}It takes ${expected}.`,
  });
}

/** An option that would be left out of account, which nobody means. @param why a sentence */
export function optionDoesNotFit(option: string, why: string, remedy: string): UsageError {
  return new UsageError('optionDoesNotFit', {
    message: `The option ${option} does not fit here.`,
    detail: why,
    remedy,
  });
}

export function missingOperand(operand: string, command: string): UsageError {
  return new UsageError('missingOperand', {
    message: `claude-panel ${command} needs ${operand}.`,
    remedy: help(command),
  });
}

export function tooManyOperands(given: string, command: string): UsageError {
  return new UsageError('tooManyOperands', {
    message: `claude-panel ${command} does not know what to do with "${given}".`,
    remedy: help(command),
  });
}

export function chainTakesNoMessage(id: string): UsageError {
  return new UsageError('tooManyOperands', {
    message: 'A chain cannot be told anything: its steps say what is done.',
    remedy: `claude-panel resume ${id} goes on with it.`,
  });
}

export function unknownId(what: string, id: string, remedy: string): UsageError {
  return new UsageError('unknownId', { message: `There is no ${what} ${id} in this workspace.`, remedy });
}

export function ambiguousId(what: string, id: string, matches: readonly string[]): UsageError {
  return new UsageError('ambiguousId', {
    message: `"${id}" is the beginning of more than one ${what}.`,
    detail: `It could be ${matches.join(', ')}.`,
    remedy: 'Give more of the id.',
  });
}

export function unreadableFile(file: string, why: string, expected = 'a file that holds one JSON object'): UsageError {
  return new UsageError('unreadableFile', {
    message: `The file ${file} cannot be used.`,
    detail: why,
    remedy: `Give ${expected}.`,
  });
}

export function insideTask(): UsageError {
  return new UsageError('insideTask', {
    message: 'What waits for a person is not answered from inside of a task.',
    detail: 'This command was started by a task or chain of the control panel.',
    remedy: 'Answer in the panel, or in a terminal of your own.',
  });
}
