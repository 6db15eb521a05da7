import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generatedContributions } from '../../../../scripts/generateContributions.ts';
import { readSingleFile } from '../../../../src/core/catalog/commandFolder.ts';
import { BUILT_IN_COMMANDS, type BuiltInEntry } from '../../../../src/vscode/contributions/builtInCommands.ts';
import { COMMAND_NAMES, COMMANDS, commandId } from '../../../../src/vscode/contributions/commands.ts';
import { KEYBINDINGS } from '../../../../src/vscode/contributions/keybindings.ts';
import { SETTING_NAMES, SETTINGS } from '../../../../src/vscode/contributions/settings.ts';
import { WALKTHROUGH } from '../../../../src/vscode/contributions/walkthrough.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

describe('the manifest', () => {
  it.each([...generatedContributions()])('%s is what the typed source says, to the letter', (file, text) => {
    expect(readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n'), 'run: npm run generate').toBe(text);
  });

  it('names files that are there', () => {
    const files = [
      'media/icon.png',
      'media/icon.svg',
      ...WALKTHROUGH.steps.map(step => `media/walkthrough/${step.picture}`),
    ];
    expect(files.filter(file => !existsSync(path.join(root, file)))).toEqual([]);
    expect(readdirSync(path.join(root, 'media', 'walkthrough')).sort()).toEqual(
      WALKTHROUGH.steps.map(step => step.picture).sort(),
    );
  });

  it('links its walkthrough to commands that exist', () => {
    const texts = WALKTHROUGH.steps.flatMap(step => [step.description, ...step.completionEvents]).join('\n');
    const named = [...texts.matchAll(/(?:command:|onCommand:)(claudePanel\.\w+)/g)].map(match => match[1]);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(id => !COMMAND_NAMES.some(name => commandId(name) === id))).toEqual([]);
  });

  it('has an entry for every built-in command, under its own title', async () => {
    const folder = path.join(root, 'commands');
    const files = readdirSync(folder).filter(file => file.endsWith('.yaml'));
    const built = await Promise.all(files.map(file => readSingleFile(path.join(folder, file), 'global')));
    const said = built.map(parsed => {
      const { name, title, icon } = parsed?.state === 'good' ? parsed.command : {};
      return [name, title, `$(${icon})`].join(', ');
    });
    const entries = Object.entries(BUILT_IN_COMMANDS).map(([entry, name]) => {
      const { title, icon } = COMMANDS[entry as BuiltInEntry];
      return [name, title, icon].join(', ');
    });
    expect(entries.sort()).toEqual(said.sort());
  });

  it('keeps every setting that grants or starts something out of the reach of a workspace file', () => {
    const reachable = SETTING_NAMES.filter(name => SETTINGS[name].scope === 'window');
    expect(reachable).toEqual(['defaultProfile']);
  });

  it('binds no key to a command that answers', () => {
    const answering = ['approve', 'deny', 'answerQuestion', 'allowEdited'];
    expect(KEYBINDINGS.filter(({ command }) => answering.includes(command))).toEqual([]);
  });
});
