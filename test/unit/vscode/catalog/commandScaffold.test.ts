import { describe, expect, it } from 'vitest';
import { parseCommandFile } from '../../../../src/core/catalog/commandFile.ts';
import { commandScaffold, nameFromTitle, titleProblem } from '../../../../src/vscode/catalog/commandScaffold.ts';

describe('the beginning of a new command', () => {
  it.each(['Write the Notes', 'Ärger: "quoted" # here', '- yes', 'null', '${{ inputs.x }} a'])(
    'is a command that can be run at once: %s',
    async title => {
      const text = commandScaffold(title);
      const parsed = await parseCommandFile(text, `/home/kim/${nameFromTitle(title)}.yaml`, 'project');
      expect(parsed.state === 'bad' ? parsed.faults : parsed.command.title).toBe(title);
      expect(text.trimEnd().split('\n')).toHaveLength(12);
    },
  );

  it('names the file after the title', () => {
    expect(['Write the Notes!', '2. Ünïcode & more', '日本'].map(nameFromTitle)).toEqual([
      'write-the-notes',
      'u-ni-code-more',
      '',
    ]);
  });

  it('says why a title will not do', () => {
    expect(titleProblem('日本', [])).toContain('a letter');
    expect(titleProblem('Notes', ['notes'])).toContain('already');
    expect(titleProblem('Notes', [])).toBeUndefined();
  });
});
