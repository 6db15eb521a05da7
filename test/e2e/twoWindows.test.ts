import { userInfo } from 'node:os';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../harness/waitFor.ts';
import type { Workbench } from '../harness/workbench.ts';
import type { ApprovalCard } from './support/approvalCard.ts';
import { wordsRule } from './support/longScripts.ts';
import { PanelPage } from './support/panelPage.ts';
import { usePanelStage } from './support/panelStage.ts';
import { falters, runs, says, scripted } from './support/script.ts';
import { shownText } from './support/shownText.ts';
import { TaskRecords } from './support/taskRecords.ts';

const ME = userInfo().username;
const ALLOWED = `Allowed by ${ME}, in the panel`;

/** Falls silent in the middle of a turn, once; a session that is told to go on comes to its end. */
const SCENARIO = `
rules:
  - match: { prompt: Go on where you stopped }
    reply: [ Taken up again. ]
${wordsRule('Outlive the window', 40, { stall: 10 })}
`;

describe('two windows and the command line on one folder', () => {
  const stage = usePanelStage({ scenario: SCENARIO });
  let second: Workbench;
  let records: TaskRecords;
  /** The panel in the window that runs the tasks of these tests, and the one that looks on. */
  let runner: PanelPage;
  let viewer: PanelPage;

  beforeAll(async () => {
    const { session, panel, folder } = stage();
    await panel.open();
    second = await session.openWindow();
    records = new TaskRecords(folder);
    runner = panel;
    viewer = new PanelPage(second);
  });
  beforeEach(() => viewer.open());

  /** The same question, as both windows show it. */
  async function inBoth(name: string): Promise<readonly [ApprovalCard, ApprovalCard]> {
    await viewer.showList();
    const cards = [await runner.card(name), await viewer.card(name)] as const;
    expect(cards[1].id).toBe(cards[0].id);
    return cards;
  }

  it('show who answered first, offer nothing any more, and tell who comes later', async () => {
    await runner.runScript('Answer there', runs('touch there'), says('Done.'));
    const [here, there] = await inBoth('Answer there: Run a command touch there');
    await viewer.openTask('Answer there');
    await viewer.frame
      .getByText(/^Runs in VS Code window \(pid \d+\)\. You can answer and stop it from here\.$/)
      .waitFor();
    const [, ...said] = await Promise.all([there.press('Allow'), here.settled(), there.settled()]);
    expect(said).toEqual([ALLOWED, ALLOWED]);
    for (const card of [here, there]) {
      expect(await card.button(/./).count()).toBe(0);
    }
    const late = await stage().command('deny', here.id);
    expect(late.code).toBe(1);
    expect(late.stderr).toContain(`This was settled before: "Allow" by ${ME}, in the panel.`);
    for (const panel of [runner, viewer]) {
      await panel.state('Done');
    }
    const { id } = await stage().task('Answer there');
    expect(stage().data.answers(id)).toEqual([`Allow (${ME}, in the panel)`]);
    expect(stage().has('there')).toBe(true);
  });

  it('count one of two answers that are given at once', async () => {
    await runner.runScript('Answer twice', runs('touch twice'), says('Done.'));
    const [here, there] = await inBoth('Answer twice: Run a command touch twice');
    const { id } = await stage().task('Answer twice');
    const bothAnswer = waitFor('an answer to count', async () => {
      await Promise.allSettled([here, there].map(card => card.button('Allow').click({ timeout: 1_000 })));
      return stage().data.answers(id).length > 0;
    });
    const [, ...said] = await Promise.all([bothAnswer, here.settled(), there.settled()]);
    expect(said).toEqual([ALLOWED, ALLOWED]);
    await runner.state('Done');
    expect(stage().data.answers(id)).toEqual([`Allow (${ME}, in the panel)`]);
  });

  it('learn of an answer on the command line, also from a notification that was there before', async () => {
    const { workbench } = stage();
    await viewer.showList();
    await viewer.hide();
    await runner.runScript('Answer below', runs('touch ready'), runs('touch below'), says('Done.'));
    const { id } = await stage().task('Answer below');
    const first = await runner.card('Answer below: Run a command touch ready');
    await runner.hide();
    expect(await stage().command('approve', first.id)).toMatchObject({ code: 0 });
    await workbench.notifications.told('Run a command: touch below');
    const [question] = await waitFor('the question', () => {
      const open = records.questions(id).filter(({ state }) => state === 'pending');
      return open.length === 1 ? open : undefined;
    });
    expect(await stage().command('deny', question?.id ?? '', '--message', 'Not now.')).toMatchObject({ code: 0 });
    const { notifications } = workbench;
    const isLate = (): Promise<boolean> => notifications.has('This was settled before: ');
    await notifications.press('Run a command: touch below', 'Allow', isLate);
    expect(await notifications.told('This was settled before: ')).toContain(`"Deny" by ${ME}, on the command line.`);
    await runner.open();
    await runner.state('Done');
    expect(stage().data.answers(id)).toEqual([
      `Allow (${ME}, on the command line)`,
      `Deny: Not now. (${ME}, on the command line)`,
    ]);
    expect(stage().has('below')).toBe(false);
    // Of two windows out of whose sight it was, the one that runs the task told of it.
    const messages = await second.notifications.list();
    expect(messages.filter(text => text.includes('Answer below'))).toEqual([]);
  });

  it('answer for a task that the command line runs, which says by whom', async () => {
    const prompt = scripted('Run in the shell', [runs('touch shell'), says('Ran it.')].join('\n'));
    const command = stage().startCommand('run', prompt, '--profile', 'speed');
    for (const panel of [runner, viewer]) {
      await panel.showList();
    }
    const [here, there] = await inBoth('Run in the shell: Run a command touch shell');
    const [, ...said] = await Promise.all([there.press('Allow'), here.settled(), there.settled()]);
    expect(said).toEqual([ALLOWED, ALLOWED]);
    const { code, stdout } = await command.result;
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('Ran it.') });
    expect(stdout).toContain(`Answered: Allow (${ME}, in the panel)`);
    expect(stage().has('shell')).toBe(true);
  });

  it('follow a task of a window from the command line to its end', async () => {
    await runner.runScript('Watch me', runs('touch watched'), says('Watched.'));
    const card = await runner.card('Watch me: Run a command touch watched');
    const { id } = await stage().task('Watch me');
    const watch = stage().startCommand('watch', id);
    await waitFor('the question on the command line', () => watch.stdout().includes(`Needs an answer (${card.id})`));
    await card.press('Allow');
    const { code, stdout } = await watch.result;
    expect(code).toBe(0);
    const told = [
      `Needs an answer (${card.id})`,
      `Answered: Allow (${ME}, in the panel)`,
      'Watched.',
      'Succeeded after',
    ];
    const places = told.map(text => stdout.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('stop in one what the other runs', async () => {
    await runner.runScript('Stop me there', falters('Still here.'));
    await runner.state('Working');
    const { id } = await stage().task('Stop me there');
    await viewer.openTask('Stop me there');
    await viewer.state('Working');
    expect(stage().processesOf(id)).not.toEqual([]);
    await viewer.button('Stop').click();
    for (const panel of [runner, viewer]) {
      await panel.state('Stopped');
      await panel.showList();
      expect(await shownText(panel.row('Stop me there', 'Stopped'))).toContain(`Stopped by ${ME}`);
    }
    await waitFor('the last process to end', () => stage().processesOf(id).length === 0, 5_000);
  });

  it('keep a task of a window that is closed, in a true state, and take it up in the other', async () => {
    const title = 'Outlive the window';
    await viewer.run(title);
    // Only the window that runs it shows what is not yet a whole message.
    await viewer.frame.getByText(/w1 w2/).first().waitFor();
    const { id } = await stage().task(title);
    await runner.openTask(title);
    await runner.state('Working');
    await second.close();
    await runner.state('Paused');
    expect(records.untrue()).toEqual([]);
    expect(stage().data.events(id, 'task.paused')).toMatchObject([{ data: { cause: 'hostClosed' } }]);
    await waitFor('the last process to end', () => stage().processesOf(id).length === 0, 5_000);
    await runner.button('Continue').click();
    await runner.state('Done');
    expect(stage().data.words(id)).not.toBe('');
  });
});
