import { userInfo } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../harness/toolchain.ts';
import { waitFor } from '../harness/waitFor.ts';
import type { ApprovalCard } from './support/approvalCard.ts';
import { usePanelStage } from './support/panelStage.ts';
import { calls, runs, says, scripted } from './support/script.ts';
import { shownText } from './support/shownText.ts';

const ME = userInfo().username;
const SERVER = path.join(projectRoot, 'test', 'fixtures', 'mcp', 'lab.mjs');

function servers(...behaviours: readonly string[]): string {
  const entries = behaviours.map(behaviour => [behaviour, { command: process.execPath, args: [SERVER, behaviour] }]);
  return JSON.stringify({ mcpServers: Object.fromEntries(entries) }, undefined, 2);
}

const DOOR = 'https://lab.example/door?pass=1&next=%2Fbench';

function entering(door: string): readonly string[] {
  return [calls('mcp__forms__enter', { door }), says('I was told: {{lastResult}}')];
}

const BOOKS = [calls('mcp__forms__book', {}), says('I was told: {{lastResult}}')];

describe('the MCP servers of a folder', () => {
  const stage = usePanelStage({
    files: { '.mcp.lab.json': servers('forms'), '.mcp.ward.json': servers('forms', 'hangs', 'fails') },
  });

  function running(behaviour: string): number {
    return stage()
      .session.host.processes()
      .filter(({ command }) => command.endsWith(`${SERVER} ${behaviour}`)).length;
  }

  /** Runs with a profile whose content has to be approved first; gives the card that asks for it. */
  async function runUnapproved(profile: string, title: string, ...rounds: readonly string[]): Promise<ApprovalCard> {
    const { panel } = stage();
    await panel.chooseProfile(profile);
    await panel.compose.fill(scripted(title, rounds.join('\n')));
    await panel.button('Run').click();
    return panel.card(new RegExp(`^Profile "${profile}": `));
  }

  it('are started only after their exact commands were shown and approved', async () => {
    const { panel, data } = stage();
    const card = await runUnapproved('lab', 'Start the lab', calls('mcp__forms__book', {}), says('Done.'));
    const text = await shownText(card.root);
    expect(text).toContain(`Starts the MCP server forms: ${process.execPath} ${SERVER} forms`);
    expect(text).toContain('.mcp.lab.json');
    expect(data.task('Start the lab')).toBeUndefined();
    expect(running('forms')).toBe(0);
    await card.press('Approve this content');
    await panel.heading('Start the lab').waitFor();
    const use = await panel.card('Start the lab: Use forms: book');
    expect(running('forms')).toBe(1);
    await use.deny('');
    await panel.state('Done');
    await waitFor('the server to end', () => running('forms') === 0);
  });

  /** Runs with the profile that was approved, allows the tool, and gives the card of what it then asks. */
  async function asking(title: string, tool: string, asks: string, rounds: readonly string[]): Promise<ApprovalCard> {
    const { panel } = stage();
    await panel.chooseProfile('lab');
    await panel.runScript(title, ...rounds);
    await (await panel.card(`${title}: Use forms: ${tool}`)).press('Allow');
    return panel.card(`${title}: forms asks: ${asks}`);
  }

  it('ask through a form, and get what was entered', async () => {
    const { panel, data } = stage();
    const form = await asking('Book a bench', 'book', 'For whom, and for how long?', BOOKS);
    await form.root.getByRole('textbox', { name: 'Hours' }).fill('two');
    await form.button('Send').click();
    await expect
      .poll(() => form.root.getByRole('alert').allInnerTexts())
      .toEqual(['This field is needed.', 'This is not a number.']);
    await form.root.getByRole('textbox', { name: 'Name' }).fill('Ada');
    await form.root.getByRole('textbox', { name: 'Hours' }).fill('2');
    await form.root.getByRole('combobox', { name: 'Bench' }).click();
    await form.root.getByRole('option', { name: 'south' }).click();
    await form.root.getByRole('checkbox', { name: 'A quiet one' }).click();
    await form.press('Send');
    expect(await form.settled()).toBe(`Filled in by ${ME}, in the panel`);
    await panel.state('Done');
    const told = data.words((await stage().task('Book a bench')).id).replace('I was told: accept: ', '');
    expect(JSON.parse(told)).toEqual({ name: 'Ada', hours: 2, bench: 'south', quiet: true });
  });

  it('are told when a person declines', async () => {
    const { panel, data } = stage();
    const form = await asking('Book nothing', 'book', 'For whom, and for how long?', BOOKS);
    await form.press('Decline');
    await panel.state('Done');
    expect(data.words((await stage().task('Book nothing')).id)).toBe('I was told: decline: null');
  });

  it('send a person to a page, whose whole address is shown before it is opened', async () => {
    const { panel, data, workbench } = stage();
    const page = await asking('Enter the lab', 'enter', 'Show your pass at the door.', entering(DOOR));
    const context = workbench.page.context();
    await context.route('https://lab.example/**', route => route.fulfill({ body: 'Welcome.' }));
    const opening = context.waitForEvent('page');
    await page.button(DOOR).click();
    const dialog = workbench.page.getByRole('dialog').filter({ hasText: 'https://lab.example/door' });
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    const opened = await opening;
    await waitFor('the page', () => opened.url() === DOOR);
    await opened.close();
    expect(data.answers((await stage().task('Enter the lab')).id)).toHaveLength(1);
    await page.press('Continue');
    expect(await page.settled()).toBe(`Continued by ${ME}, in the panel`);
    await panel.state('Done');
    expect(data.words((await stage().task('Enter the lab')).id)).toBe('I was told: accept');
  });

  it('cannot send a person to anything but a web page', async () => {
    const { panel, data } = stage();
    const elsewhere = entering('command:workbench.action.quit');
    const page = await asking('Enter elsewhere', 'enter', 'Show your pass at the door.', elsewhere);
    expect(await shownText(page.root)).toContain('This address is not opened from here: command:workbench.action.quit');
    expect(await page.button(/command:/).count()).toBe(0);
    await page.press('Decline');
    await panel.state('Done');
    expect(data.words((await stage().task('Enter elsewhere')).id)).toBe('I was told: decline');
  });

  it('delay nothing when one hangs, and show the state of each with its error', async () => {
    const { panel } = stage();
    const card = await runUnapproved('ward', 'Visit the ward', runs('touch here'), says('Done.'));
    await card.press('Approve this content');
    await panel.heading('Visit the ward').waitFor();
    // Asked while one server hangs and another one has failed.
    const { id } = await panel.card('Visit the ward: Run a command touch here');
    const tools = await panel.tab('Tools');
    const states =
      /^forms\nconnected · 2 tools\nhangs\nstarting\nfails\nfailed\nConnection closed\nIt wrote last:\nthe lab is closed on weekends\nReconnect it once/m;
    await waitFor('the states of the servers', async () => states.test(await shownText(tools)));
    expect(running('hangs')).toBe(1);
    await stage().command('approve', id);
    await panel.state('Done');
    await waitFor('the servers to end', () => running('hangs') + running('forms') === 0);
  });

  it('are asked about again when their commands change', async () => {
    const { panel, data } = stage();
    stage().write('.mcp.lab.json', servers('forms', 'hangs'));
    const card = await runUnapproved('lab', 'Start it again', says('Done.'));
    expect(await shownText(card.root)).toContain(`Starts the MCP server hangs: ${process.execPath} ${SERVER} hangs`);
    await card.deny('', 'Do not use it…', 'Do not use it');
    await waitFor('the prompt to be there again', async () =>
      (await panel.compose.inputValue()).startsWith('Start it again'),
    );
    expect(data.task('Start it again')).toBeUndefined();
    expect(running('hangs')).toBe(0);
  });
});
