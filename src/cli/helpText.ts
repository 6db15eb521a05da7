import type { CommandSpec, OperandSpec, OptionSpec } from './commandSpec.ts';

const WIDTH = 100;

/** What the program can do, one line a command. */
export function programHelp(commands: readonly CommandSpec[], globals: readonly OptionSpec[]): string {
  const names = commands.map(({ name, aliases = [] }) => [name, ...aliases].join(', '));
  return [
    'claude-panel: Claude Code tasks from the command line, on the same workspace as the control panel in VS Code.',
    '',
    'Usage: claude-panel COMMAND [OPTION]…',
    '',
    'Commands:',
    ...definitions(commands.map(({ summary }, index) => [names[index] ?? '', summary])),
    '',
    'Options of every command:',
    ...definitions(globals.map(optionRow)),
    '',
    'claude-panel COMMAND --help says more about one. The contract for other programs is in docs/cli.md.',
    '',
  ].join('\n');
}

export function commandHelp(command: CommandSpec, globals: readonly OptionSpec[]): string {
  const { name, aliases = [], summary, operands, options, details = [], examples = [] } = command;
  const usage = ['claude-panel', name, ...operands.map(operandUsage), '[OPTION]…'].join(' ');
  return [
    `${usage}: ${summary}.`,
    ...(aliases.length === 0 ? [] : [`Also called ${aliases.join(', ')}.`]),
    ...(options.length === 0 ? [] : ['', 'Options:', ...definitions(options.map(optionRow))]),
    '',
    'Options of every command:',
    ...definitions(globals.map(optionRow)),
    ...(details.length === 0 ? [] : ['', ...details.flatMap(text => wrap(text, WIDTH))]),
    ...(examples.length === 0 ? [] : ['', 'Examples:', ...examples.map(example => `  ${example}`)]),
    '',
  ].join('\n');
}

function operandUsage({ name, isOptional, takesRest, repeats }: OperandSpec): string {
  const shown = `${takesRest === true ? `"${name}"` : name}${repeats === true ? '…' : ''}`;
  return isOptional === true ? `[${shown}]` : shown;
}

function optionRow({ name, value, kind, summary }: OptionSpec): readonly [string, string] {
  return [`--${name}${value === undefined ? '' : ` ${value}`}${kind === 'texts' ? '…' : ''}`, summary];
}

function definitions(rows: readonly (readonly [string, string])[]): readonly string[] {
  const left = Math.max(...rows.map(([term]) => term.length)) + 4;
  return rows.flatMap(([term, text]) =>
    wrap(text, WIDTH - left).map((line, index) => `${(index === 0 ? `  ${term}` : '').padEnd(left)}${line}`),
  );
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines;
}
