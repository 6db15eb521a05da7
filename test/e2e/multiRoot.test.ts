import { describe, expect, it } from 'vitest';
import { usePanelStage } from './support/panelStage.ts';
import { shownText } from './support/shownText.ts';
import { agreeTo, planOf } from './support/undoing.ts';

const SCENARIO = `
rules:
  - match: { prompt: Make a note }
    reply:
      - tool: { name: Write, input: { file_path: '{{cwd}}/note.txt', content: noted } }
      - Noted.
`;
const whereFrom = (name: string): string =>
  `name: where\ntitle: Where From\ndescription: Of ${name}.\nsteps:\n` +
  `  - { id: say, run: [node, -e, "require('fs').writeFileSync('where.txt', '${name}')"] }\n`;
const profile = (name: string): string => `version: 1\nprofiles:\n  only-${name}:\n    description: Of ${name}.\n`;

describe('a window with two folders', () => {
  const stage = usePanelStage({
    folders: ['shop', 'site'],
    scenario: SCENARIO,
    files: {
      'shop/.claude-panel/commands/where.yaml': whereFrom('shop'),
      'site/.claude-panel/commands/where.yaml': whereFrom('site'),
      'shop/.claude-panel/profiles.yaml': profile('shop'),
      'site/.claude-panel/profiles.yaml': profile('site'),
    },
  });
  const WHICH = 'In which folder should Claude work?';

  async function chooseFolder(name: string): Promise<void> {
    const { panel } = stage();
    await panel.button(/^Folder: /).click();
    await panel.menuItem(new RegExp(`^${name}`)).click();
    await panel.button(`Folder: ${name}`).waitFor();
  }

  it('asks the palette’s task for its folder, and it works there', async () => {
    const { workbench, panel } = stage();
    await workbench.command('Claude: New Task…');
    await workbench.quickInput.pick(WHICH, 'site');
    await workbench.quickInput.answer('New task in site', 'Make a note, please');
    await panel.heading('Make a note, please').waitFor();
    await panel.showList();
    const card = await panel.card(/note\.txt/);
    expect((await shownText(card.root)).split('\n')).toContain('site');
    await card.press('Allow');
    await stage().taskIn('Make a note, please', 'succeeded');
    expect([stage().has('shop/note.txt'), stage().has('site/note.txt')]).toEqual([false, true]);
  });

  it('lets the panel’s task work in the folder that is chosen there, with the profiles of that folder', async () => {
    const { panel } = stage();
    await panel.showList();
    await chooseFolder('site');
    await panel.button(/^Profile: /).click();
    await panel.frame.getByRole('option', { name: /^only-site / }).waitFor();
    expect(await panel.frame.getByRole('option', { name: /^only-shop / }).count()).toBe(0);
    await panel.frame.getByRole('option', { name: /^only-site / }).press('Escape');
    await chooseFolder('shop');
    await panel.run('Make a note in the panel');
    await (await panel.card(/note\.txt/)).press('Allow');
    await panel.state('Done');
    expect(stage().read('shop/note.txt')).toBe('noted');
  });

  it('runs in each folder its own command of the same name', async () => {
    const { workbench, panel } = stage();
    for (const name of ['site', 'shop']) {
      await workbench.command('Claude: Run Command…');
      await workbench.quickInput.pick(WHICH, name);
      await workbench.quickInput.pick('Run which command?', 'Where From');
      const card = await panel.card(/[Cc]ommand "where"/);
      expect(await shownText(card.root)).toContain(`'${name}'`);
      await card.press('Approve this content');
      await panel.frame.getByRole('button', { name: /^say, Program, .*Done/ }).waitFor();
      expect(stage().read(`${name}/where.txt`)).toBe(name);
      await panel.showList();
    }
  });

  it('puts back what a task did in its folder only, and keeps the data of both in the first', async () => {
    const { workbench, data } = stage();
    await workbench.command('Claude: Undo Changes…');
    await workbench.quickInput.pick('Undo what?', 'Make a note, please');
    await planOf(workbench, 'Undo', 'Make a note, please').getByText('note.txt').first().waitFor();
    await agreeTo(workbench, 'Undo', 'Make a note, please');
    await workbench.notifications.told('Undone: 1 removed.');
    expect([stage().has('shop/note.txt'), stage().has('site/note.txt')]).toEqual([true, false]);
    expect(data.tasks()).toHaveLength(2);
    expect(stage().has('site/.claude-panel/panel.db')).toBe(false);
  });
});
