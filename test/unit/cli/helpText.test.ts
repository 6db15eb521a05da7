import { describe, expect, it } from 'vitest';
import { COMMANDS, GLOBAL_OPTIONS } from '../../../src/cli/commandTable.ts';
import { commandHelp, programHelp } from '../../../src/cli/helpText.ts';

describe('help', () => {
  it('names every command with its summary', () => {
    const help = programHelp(COMMANDS, GLOBAL_OPTIONS);
    for (const { name } of COMMANDS) {
      expect(help).toMatch(new RegExp(`^  ${name}\\b.* {2,}\\S`, 'm'));
    }
  });

  it('names every option of a command, and those of all', () => {
    for (const command of COMMANDS) {
      const help = commandHelp(command, GLOBAL_OPTIONS);
      for (const { name } of [...command.options, ...GLOBAL_OPTIONS]) {
        expect(help).toContain(`--${name}`);
      }
    }
  });

  it('fits into 100 columns, but for examples', () => {
    const all = COMMANDS.map(command => commandHelp({ ...command, examples: [] }, GLOBAL_OPTIONS));
    const texts = [programHelp(COMMANDS, GLOBAL_OPTIONS), ...all];
    const lines = texts.flatMap(text => text.split('\n').slice(1));
    expect(lines.filter(line => line.length > 100)).toEqual([]);
  });
});
