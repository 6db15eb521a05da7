import { beforeAll, describe, expect, it } from 'vitest';
import { PRESS_MS, pressUntil } from '../harness/pressUntil.ts';
import { usePanelStage } from './support/panelStage.ts';
import { runs, says, scripted } from './support/script.ts';
import { accept, confirm, planOf, runsOver } from './support/undoing.ts';

const TITLE = 'Change everything';
const NAMES = ['a.txt', 'b.txt', 'c.txt'];
const MANY = 1000;

describe('conflicts of an undo', () => {
  const stage = usePanelStage({
    files: Object.fromEntries(NAMES.map(name => [name, `${name} before\n`])),
  });

  beforeAll(async () => {
    const change = `for f in ${NAMES.join(' ')}; do echo by the task > $f; done; mkdir many; for i in $(seq ${MANY}); do echo $i > many/$i.txt; done`;
    const { code, stderr } = await stage().command(
      'run',
      '--approve',
      'allow',
      scripted(TITLE, [runs(change), says('Done.')].join('\n')),
    );
    expect(code, stderr).toBe(0);
    await runsOver(stage(), TITLE, 1);
  });

  /** Opens the list of what is put back, and takes everything in it, conflicts too. */
  async function chooseAll(): Promise<void> {
    const { workbench } = stage();
    await workbench.command('Claude: Undo Changes…');
    await workbench.quickInput.pick('Undo what?', TITLE);
    const plan = planOf(workbench, 'Undo', TITLE);
    await plan.getByText('conflict: It was changed since the task left it.').first().waitFor();
    await pressUntil(
      'all to be chosen',
      () => plan.getByText(`${MANY + NAMES.length} Selected`).isVisible(),
      () => plan.getByRole('checkbox', { name: 'Toggle all checkboxes' }).click({ timeout: PRESS_MS }),
      10_000,
    );
    await accept(plan);
  }

  it('are decided one by one, among a thousand files that are put back', async () => {
    const { workbench } = stage();
    for (const name of NAMES) {
      stage().write(name, 'mine\n');
    }
    await chooseAll();
    await workbench.quickInput.pick('What becomes of the 3 conflicts?', 'Decide One by One');
    await workbench.quickInput.pick('a.txt (1 of 3)', 'Keep What Is There');
    await workbench.quickInput.pick('b.txt (2 of 3)', 'Put Back');
    await workbench.quickInput.pick('c.txt (3 of 3)', 'Keep Both');
    await confirm(workbench, 'Undo');
    await workbench.notifications.told(`Undone: 1 put back, ${MANY} removed, 1 saved beside, 1 left as they are.`);
    expect(NAMES.map(name => stage().read(name))).toEqual(['mine\n', 'b.txt before\n', 'mine\n']);
    expect(stage().read('c (earlier).txt')).toBe('c.txt before\n');
    expect(stage().has('many')).toBe(false);
  });

  it('are decided all at once', async () => {
    const { workbench } = stage();
    const { code, stderr } = await stage().command('redo', '--conflicts', 'keep');
    expect(code, stderr).toBe(0);
    for (const name of NAMES) {
      stage().write(name, 'mine again\n');
    }
    await chooseAll();
    await workbench.quickInput.pick('What becomes of the 3 conflicts?', 'Put Back: All');
    await confirm(workbench, 'Undo');
    await workbench.notifications.told(`Undone: 3 put back, ${MANY} removed.`);
    expect(NAMES.map(name => stage().read(name))).toEqual(NAMES.map(name => `${name} before\n`));
  });
});
