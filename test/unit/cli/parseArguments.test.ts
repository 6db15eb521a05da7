import { describe, expect, it } from 'vitest';
import type { CommandSpec, OptionSpec } from '../../../src/cli/commandSpec.ts';
import { COMMANDS, GLOBAL_OPTIONS } from '../../../src/cli/commandTable.ts';
import { parseArguments } from '../../../src/cli/parseArguments.ts';
import { UsageError } from '../../../src/cli/usageError.ts';

const parse = (...words: string[]) => parseArguments(words, COMMANDS, GLOBAL_OPTIONS);

function parsed(...words: string[]) {
  const line = parse(...words);
  if (line.kind !== 'command') {
    throw new Error(`not a command: ${line.kind}`);
  }
  return line;
}

function failureOf(...words: string[]): UsageError {
  try {
    parse(...words);
  } catch (error) {
    if (error instanceof UsageError) {
      return error;
    }
    throw error;
  }
  throw new Error('it was accepted');
}

describe('parseArguments', () => {
  it('reads a prompt with options behind and before it', () => {
    const { command, given } = parsed('--cwd', '/x', 'run', 'Do it', '--json', '--max-minutes=5');
    expect(command.name).toBe('run');
    expect(given.operand(0)).toBe('Do it');
    expect([given.flag('json'), given.text('max-minutes'), given.text('cwd')]).toEqual([true, '5', '/x']);
  });

  it('joins the words of a prompt that is typed without quotes', () => {
    expect(parsed('run', 'Add', 'a', 'test').given.operand(0)).toBe('Add a test');
  });

  it('takes a prompt that begins with a dash behind two dashes', () => {
    expect(parsed('run', '--', '--json').given).toMatchObject({ operands: ['--json'] });
  });

  it('keeps an option of a command before it from swallowing the command', () => {
    const { command, given } = parsed('--json', 'run', 'x');
    expect([command.name, given.flag('json')]).toEqual(['run', true]);
  });

  it('collects an option that may come again', () => {
    expect(parsed('approve', 'id', '--answer', 'A', '--answer', 'B').given.texts('answer')).toEqual(['A', 'B']);
  });

  it('finds a command by its alias', () => {
    expect(parsed('inbox').command.name).toBe('approvals');
  });

  it.each([
    [['runn', 'x'], 'unknownCommand', 'run'],
    [['run', 'x', '--profil', 'p'], 'unknownOption', '--profile'],
    [['run', 'x', '--aprove', 'deny'], 'unknownOption', '--approve'],
    [['list', '--state', 'runing'], 'badValue', 'running'],
    [['run', 'x', '--approve', 'yes'], 'badValue', 'ask, allow, deny'],
  ])('names the nearest for %j', (words, reason, nearest) => {
    const failure = failureOf(...words);
    expect(failure.reason).toBe(reason);
    expect(failure.remedy).toContain(nearest);
  });

  it.each([
    [['run'], 'missingOperand'],
    [['help', 'runs'], 'unknownCommand'],
    [['run', 'x', '--profile'], 'missingValue'],
    [['run', 'x', '--profile', '--json'], 'missingValue'],
    [['run', 'x', '--json=yes'], 'unexpectedValue'],
    [['list', 'something'], 'tooManyOperands'],
    [['list', '-x'], 'unknownOption'],
  ])('refuses %j', (words, reason) => {
    expect(failureOf(...words).reason).toBe(reason);
  });

  it('gives help and version precedence over missing operands', () => {
    expect(parse('run', '--help')).toMatchObject({ kind: 'help', command: { name: 'run' } });
    expect(parse('run', '-h')).toMatchObject({ kind: 'help' });
    expect(parse('--help')).toEqual({ kind: 'help' });
    expect(parse('help')).toEqual({ kind: 'help' });
    expect(parse('help', 'run')).toMatchObject({ kind: 'help', command: { name: 'run' } });
    expect(parse('--version')).toEqual({ kind: 'version' });
    expect(parse()).toEqual({ kind: 'nothing' });
  });
});

describe('the table of commands', () => {
  it('gives an option that several commands have the same kind everywhere', () => {
    const kinds = new Map<string, OptionSpec['kind']>();
    for (const { name, kind } of [...GLOBAL_OPTIONS, ...COMMANDS.flatMap(command => command.options)]) {
      expect(kinds.get(name) ?? kind).toBe(kind);
      kinds.set(name, kind);
    }
  });

  it('has every name and alias once', () => {
    const names = COMMANDS.flatMap(({ name, aliases = [] }: CommandSpec) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('loads an action for every command', async () => {
    for (const command of COMMANDS) {
      expect(await command.load(), command.name).toBeTypeOf('function');
    }
  });
});
