import type { CommandContext } from './commandContext.ts';
import type { GivenArguments } from './givenArguments.ts';

export interface OptionSpec {
  readonly name: string;
  /** `flag` takes no value, `text` one, `texts` may come again. */
  readonly kind: 'flag' | 'text' | 'texts';
  readonly summary: string;
  /** What the value is called in the help, such as `DIRECTORY`. */
  readonly value?: string;
  readonly choices?: readonly string[];
}

export interface OperandSpec {
  /** Such as `ID`; shown in the help. */
  readonly name: string;
  readonly isOptional?: boolean;
  /** Takes all words that are left, joined by a space, so that a prompt may be typed without quotes. */
  readonly takesRest?: boolean;
  /** Takes all words that are left, each by itself. Only the last one may. */
  readonly repeats?: boolean;
}

/** Does what a command says and gives the exit code. */
export type CommandAction = (context: CommandContext, given: GivenArguments) => Promise<number>;

export interface CommandSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly operands: readonly OperandSpec[];
  readonly options: readonly OptionSpec[];
  /** Paragraphs below the options in the help. */
  readonly details?: readonly string[];
  readonly examples?: readonly string[];
  /** Loaded when it runs, so that help and version cost nothing. */
  readonly load: () => Promise<CommandAction>;
}
