import { describe, expect, it } from 'vitest';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';
import { says, scripted } from './support/script.ts';
import { shownText } from './support/shownText.ts';

/** A prompt in a file of YAML, indented below its key. */
function block(text: string): string {
  return text
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n');
}

function promptCommand(name: string, title: string, prompt: string, inputs = ''): string {
  return `name: ${name}\ntitle: ${title}\ndescription: For a test.\nprofile: speed\n${inputs}prompt: |\n${block(prompt)}\n`;
}

const ASKING = `inputs:
  - { name: ticket, type: text, title: Which ticket?, pattern: '[A-Z]+-\\d+' }
  - { name: urgency, type: choice, title: How urgent?, choices: [low, high] }
  - { name: count, type: number, title: How many?, min: 1, max: 5, default: 2 }
  - { name: file, type: file, title: Which file? }
`;

/** Each asks first or starts at once; none of them needs an account or the network for that. */
const BUILT_IN = [
  ['Safe Mode', 'Safe Mode: What shall be done?'],
  ['Serena', 'Serena: What shall be done?'],
  ['Security Audit', 'Security Audit: What shall the review look at above all?'],
  ['Build Agent', 'Build Agent: What shall the agent do, and when shall it be used?'],
  ['Daily Standup', 'Daily Standup: Since when?'],
  ['Research Mode', 'Research Mode: What do you want to know?'],
  ['Backup Now', 'Backup Now: How many backups'],
  ['Unfuck This', 'Unfuck This: What?'],
] as const;

describe('commands', () => {
  const stage = usePanelStage({ files: { 'src/app.ts': 'export const a = 1;\n' } });

  function question(text: string): Promise<void> {
    return stage().workbench.quickInput.asked(text).waitFor();
  }

  async function choose(title: string): Promise<void> {
    const { workbench } = stage();
    await workbench.command('Claude: Run Command…');
    await workbench.quickInput.pick('Run which command?', title);
  }

  async function cancel(): Promise<void> {
    const { workbench } = stage();
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.widget.waitFor({ state: 'hidden' });
  }

  it.each(BUILT_IN)('asks what "Claude: %s" needs, and Escape starts nothing', async (title, asked) => {
    const { workbench, data } = stage();
    const before = data.exists ? data.events().length : 0;
    await workbench.command(`Claude: ${title}`);
    await question(asked);
    await cancel();
    expect(data.events(undefined, 'chain.created', 'task.created').length).toBe(0);
    expect(before).toBeLessThanOrEqual(data.events().length);
  });

  it('does not offer god mode before it is revealed', async () => {
    const { workbench } = stage();
    const found = await workbench.quickInput.commandsLike('Claude: God Mode');
    expect(found).not.toContainEqual(expect.stringContaining('God Mode'));
  });

  it('runs an action at once, and its document is opened from the notification', async () => {
    const { workbench, panel } = stage();
    await workbench.command('Claude: Health Status');
    await panel.frame
      .getByRole('treeitem', { name: /^Health Status, chain, Done/ })
      .or(panel.frame.getByRole('img', { name: 'Done', exact: true }))
      .first()
      .waitFor();
    const preview = workbench.page.getByRole('tab', { name: /^Preview / });
    await workbench.notifications.press('"Health Status" is done', 'Open Document', () => preview.isVisible());
    await workbench.command('View: Close All Editors');
  });

  it('has a command of the user in the list as soon as its file is saved, and asks its inputs with a way back', async () => {
    const { workbench, panel, data } = stage();
    const { quickInput } = workbench;
    const words = scripted('Look at ${{ inputs.ticket }}', says('Looked.'));
    stage().writeUserCommand('ticket', promptCommand('ticket', 'Look at a Ticket', words, ASKING));
    await choose('Look at a Ticket');
    const [ticket, urgency, count, file] = ['Which ticket?', 'How urgent?', 'How many?', 'Which file?'].map(
      title => `Look at a Ticket: ${title}`,
    ) as [string, string, string, string];
    await quickInput.enter(ticket, 'nonsense');
    await question('It must match [A-Z]+-\\d+');
    await quickInput.answer(ticket, 'SHOP-12');
    await quickInput.pick(urgency, 'high');
    await quickInput.enter(count, '9');
    await question('It must be at most 5.');
    await quickInput.asked(count).getByRole('button', { name: /^Back/ }).click();
    await quickInput.pick(urgency, 'low');
    await quickInput.answer(count, '3');
    await quickInput.pick(file, 'src/app.ts');
    await panel.transcriptWith('Looked.');
    await panel.state('Done');
    const created = data.events(undefined, 'task.created').map(event => event.data as { readonly prompt: string });
    expect(created.at(-1)?.prompt).toContain('Look at SHOP-12');
  });

  it('takes an answer of several lines from an editor, and runs nothing when that is closed', async () => {
    const { workbench, panel, data } = stage();
    const { quickInput, page } = workbench;
    const words = scripted('Look at ${{ inputs.lines }}', says('I read all of it.'));
    const inputs = 'inputs:\n  - { name: lines, type: text, multiline: true, title: Which lines? }\n';
    stage().writeUserCommand('read-lines', promptCommand('read-lines', 'Read Some Lines', words, inputs));
    const before = data.events(undefined, 'task.created').length;
    const use = page.locator('.editor-actions').getByRole('button', { name: /^Use This Text/ });
    const openEditor = async (): Promise<void> => {
      await choose('Read Some Lines');
      await question('Read Some Lines: Which lines?');
      await quickInput.box.fill('what is in the box');
      await quickInput.widget.getByRole('button', { name: 'Write in an Editor' }).click();
      await page.locator('.part.editor .view-line').filter({ hasText: 'in the box' }).waitFor();
      await use.waitFor();
    };
    await openEditor();
    await workbench.command('View: Revert and Close Editor');
    await use.waitFor({ state: 'detached' });

    await openEditor();
    await page.locator('.part.editor .view-line').first().click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('the first line\nthe second line\n');
    await page.locator('.part.editor .view-line').filter({ hasText: 'second' }).waitFor();
    await use.click();
    await panel.transcriptWith('I read all of it.');
    await use.waitFor({ state: 'detached' });
    const created = data.events(undefined, 'task.created').map(event => event.data as { readonly prompt: string });
    expect(created).toHaveLength(before + 1);
    expect(created.at(-1)?.prompt).toContain('\nthe first line\nthe second line\n```\n');
  });

  it('shows the command of a folder before it first runs, and runs it after the yes', async () => {
    const { panel, workbench } = stage();
    stage().write(
      '.claude-panel/commands/greet.yaml',
      promptCommand('greet', 'Greet', scripted('Say hello', says('Hello.'))),
    );
    await choose('Greet');
    const card = await panel.card(/The command "greet"|Command "Greet"/);
    expect(await shownText(card.root)).toContain('Say hello');
    await card.press('Approve this content');
    await panel.transcriptWith('Hello.');
    await panel.showList();
    const before = stage().data.events(undefined, 'task.created').length;
    await choose('Greet');
    await waitFor('a second run', () => stage().data.events(undefined, 'task.created').length > before);
    await workbench.quickInput.widget.waitFor({ state: 'hidden' });
  });

  it('always runs the built-in one from its entry, whatever the folder has under the same name', async () => {
    const { workbench } = stage();
    stage().write('.claude-panel/commands/backup-now.yaml', promptCommand('backup-now', 'Mine', 'Do it'));
    await workbench.command('Claude: Backup Now');
    await question('Backup Now: How many backups');
    await cancel();
  });

  it('tells the error of a broken file in the Problems panel, and runs the others', async () => {
    const { workbench, panel } = stage();
    stage().write('.claude-panel/commands/broken.yaml', 'name: broken\ntitle: Broken\ndescription: x\n');
    await workbench.command('Problems: Focus on Problems View');
    await workbench.page.locator('.markers-panel').getByText('broken.yaml').first().waitFor();
    await workbench.command('View: Toggle Panel Visibility');
    const before = stage().data.events(undefined, 'task.succeeded').length;
    await choose('Greet');
    await waitFor('its task to succeed', () => stage().data.events(undefined, 'task.succeeded').length > before);
    await panel.transcriptWith('Hello.');
  });

  it('is in the tree, with what shadows it and what is wrong', async () => {
    const { workbench } = stage();
    await workbench.command('Claude: Focus on Commands View');
    const tree = workbench.page.getByRole('tree', { name: 'Commands' });
    await tree.waitFor();
    await tree.getByRole('treeitem', { name: /^broken/ }).waitFor();
    const shadowed = tree.getByText('shadowed by project:backup-now', { exact: false }).first();
    await waitFor('the built-in command, further down', async () => {
      await tree.hover();
      await workbench.page.mouse.wheel(0, 60);
      return shadowed.isVisible();
    });
  });
});
