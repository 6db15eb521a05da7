import { describe, expect, it } from 'vitest';
import type { ApprovalCard } from '../../src/protocol/approvalView.ts';
import { editCard } from './support/busyList.ts';
import { FakeExtension } from './support/fakeExtension.ts';
import { openPanels } from './support/openPanels.ts';
import type { PanelPage } from './support/panelPage.ts';
import { approval, bash, NOW, task } from './support/samples.ts';

const openPanel = openPanels();
let panel: PanelPage;

/** A panel with these requests, in a world where time stands still until it is moved. */
async function withCards(...cards: ApprovalCard[]): Promise<FakeExtension> {
  const extension = new FakeExtension();
  extension.tasks = [task('health', { state: 'waiting', pendingApprovals: cards.length })];
  extension.approvals = cards;
  panel = await openPanel(extension, { clockAt: NOW });
  await panel.delivered();
  await panel.page.clock.runFor(20);
  await panel.page.locator('panel-approval-card').first().waitFor();
  return extension;
}

async function answers(extension: FakeExtension): Promise<unknown[]> {
  await panel.delivered();
  return extension.sent('answerApproval').map(({ answer }) => answer);
}
const button = (name: string) => panel.page.getByRole('button', { name, exact: true });

/** Lets the view answer messages and draw, then moves its time. */
async function pass(ms: number): Promise<void> {
  await panel.delivered();
  await panel.page.clock.runFor(ms);
}

describe('the first moments of a card', () => {
  it('ignores a click within 400 ms, says so, and takes the next one', async () => {
    const extension = await withCards(approval('a', bash('npm test')));
    await pass(300);
    await button('Allow').click();
    await pass(50);
    expect(await answers(extension)).toEqual([]);
    expect(await panel.page.getByText('Not counted').isVisible()).toBe(true);
    await pass(400);
    await button('Allow').click();
    expect(await answers(extension)).toEqual([{ choice: 'allowOnce' }]);
  });

  it('ignores keys as well as clicks', async () => {
    const extension = await withCards(approval('a', bash('npm test')));
    await button('Allow').focus();
    await panel.page.keyboard.press('Enter');
    expect(await answers(extension)).toEqual([]);
    await pass(500);
    await panel.page.keyboard.press('Enter');
    expect(await answers(extension)).toHaveLength(1);
  });

  it('begins again when another card goes and this one takes its place', async () => {
    const extension = await withCards(
      approval('a', bash('npm test'), { created: 1 }),
      approval('b', bash('rm -rf dist')),
    );
    await pass(1000);
    await extension.change({ kind: 'approvalRemoved', approvalId: 'a' });
    await pass(100);
    await button('Allow').click();
    expect(await answers(extension)).toEqual([]);
  });

  it('begins again when the card is pushed under the resting pointer', async () => {
    const cards = [approval('a', bash('echo one\necho two'), { created: 1 }), approval('b', bash('rm -rf dist'))];
    const extension = await withCards(...cards);
    await pass(1000);
    const box = await panel.page.locator('[data-approval="b"]').boundingBox();
    await panel.page.mouse.move(60, (box?.y ?? 0) + (box?.height ?? 0) + 40);
    await pass(1000);
    await extension.change({
      kind: 'approval',
      approval: approval('a', bash('echo one\necho two'), { created: 1, why: 'Asked at length. '.repeat(20) }),
    });
    await pass(50);
    await panel.page.locator('[data-approval="b"] vscode-button', { hasText: 'Allow' }).first().dispatchEvent('click');
    expect(await answers(extension)).toEqual([]);
    await pass(450);
    await panel.page.locator('[data-approval="b"] vscode-button', { hasText: 'Allow' }).first().dispatchEvent('click');
    expect(await answers(extension)).toHaveLength(1);
  });

  it('begins again when the window comes to the front, but not when the focus comes from the editor', async () => {
    const extension = await withCards(approval('a', bash('npm test')));
    await extension.send({ type: 'windowFocus', focused: true });
    await pass(1000);
    await panel.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await extension.send({ type: 'windowFocus', focused: false });
    await panel.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await button('Allow').click();
    expect(await answers(extension)).toEqual([]);
    await extension.send({ type: 'windowFocus', focused: true });
    await pass(1000);
    await panel.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await button('Allow').click();
    expect(await answers(extension)).toHaveLength(1);
  });
});

describe('a card', () => {
  it('shows each way to allow with the rule that it would save and where', async () => {
    const extension = await withCards(editCard());
    await pass(500);
    await button('More ways to allow this').click();
    const entry = panel.page.getByRole('menuitem', { name: 'Always allow in this project' });
    expect(await entry.innerText()).toContain('Saved in .claude/settings.local.json');
    expect(await entry.innerText()).toContain('Edit(src/**)');
    await entry.click();
    expect(await answers(extension)).toEqual([{ choice: 'allowProject' }]);
  });

  it('is answered once, however often its button is pressed', async () => {
    const extension = await withCards(approval('a', bash('npm test')));
    extension.onRequest = () => undefined;
    await pass(500);
    await button('Allow').dblclick();
    await pass(50);
    expect(await answers(extension)).toHaveLength(1);
  });

  it('says what went wrong and can be answered again', async () => {
    const extension = await withCards(approval('a', bash('npm test')));
    extension.onRequest = () => ({
      failure: { family: 'approvals', reason: 'x', message: 'It could not be saved.', remedy: 'Try again.' },
    });
    await pass(500);
    await button('Allow').click();
    await pass(50);
    await panel.page.getByText('It could not be saved. Try again.').waitFor();
    expect(await button('Allow').isEnabled()).toBe(true);
  });

  it('says who answered elsewhere, then leaves; its buttons are gone at once', async () => {
    const extension = await withCards(approval('a', bash('npm test')));
    await extension.change({
      kind: 'approval',
      approval: approval('a', bash('npm test'), {
        status: {
          state: 'answered',
          at: NOW,
          by: 'kim in the command line',
          choice: 'allowOnce',
          label: 'Allow',
        },
      }),
    });
    await pass(100);
    await panel.page.getByText('Allowed by kim in the command line').waitFor();
    expect(await button('Allow').count()).toBe(0);
    await pass(4500);
    expect(await panel.page.locator('panel-approval-card').count()).toBe(0);
  });

  it('shows the whole input, and marks what is hidden in it', async () => {
    const long = Array.from({ length: 40 }, (_, line) => `echo ${line}`).join('\n');
    await withCards(approval('a', bash(`${long}\n\u200b\u202eevil`, { hasHiddenCharacters: true })));
    const card = panel.page.locator('panel-approval-card');
    await card.getByText('hidden characters').waitFor();
    expect(await panel.text(card)).not.toContain('evil');
    await card.getByRole('button', { name: '33 more lines' }).click();
    await pass(50);
    expect(await panel.text(card)).toContain('⟨U+200B⟩⟨U+202E⟩evil');
  });

  it('opens the proposal to look at it, or to change it first', async () => {
    const extension = await withCards(editCard());
    await button('Open diff').click();
    await button('Edit first').click();
    await panel.delivered();
    expect(extension.sent('openProposal').map(({ edit }) => edit)).toEqual([false, true]);
    expect(await answers(extension)).toEqual([]);
  });
});

describe('a denial', () => {
  it('is sent with its words by Enter; Shift+Enter begins a line', async () => {
    const extension = await withCards(editCard());
    await pass(500);
    await button('Deny…').click();
    await pass(50);
    await panel.page.keyboard.type('Not this file.');
    await panel.page.keyboard.press('Shift+Enter');
    await panel.page.keyboard.type('Try routes.ts.');
    expect(await answers(extension)).toEqual([]);
    await panel.page.keyboard.press('Enter');
    expect(await answers(extension)).toEqual([{ choice: 'deny', message: 'Not this file.\nTry routes.ts.' }]);
  });

  it('is not sent by Escape, which gives the focus back', async () => {
    const extension = await withCards(editCard());
    await pass(500);
    await button('Deny…').click();
    await pass(50);
    await panel.page.keyboard.type('No');
    await panel.page.keyboard.press('Escape');
    await pass(50);
    expect(await answers(extension)).toEqual([]);
    expect(await button('Deny…').evaluate(element => element.matches(':focus-within'))).toBe(true);
  });

  it('is not sent by the Enter that ends a word of an input method', async () => {
    const extension = await withCards(editCard());
    await pass(500);
    await button('Deny…').click();
    await pass(50);
    await panel.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) {
        active = active.shadowRoot.activeElement;
      }
      const key = { key: 'Enter', isComposing: true, bubbles: true, composed: true, cancelable: true };
      active?.dispatchEvent(new KeyboardEvent('keydown', key));
      active?.dispatchEvent(new KeyboardEvent('keydown', { ...key, key: 'Escape' }));
    });
    await pass(50);
    expect(await answers(extension)).toEqual([]);
    expect(await panel.page.getByRole('textbox', { name: /instead/ }).isVisible()).toBe(true);
  });
});

describe('a question', () => {
  const choices: ApprovalCard['choices'] = [
    { id: 'submitAnswers', label: 'Answer', role: 'primary' },
    { id: 'deny', label: 'Decline', role: 'deny' },
  ];
  const question = (multiSelect: boolean, text = 'Which runner?') => ({
    question: text,
    header: 'Runner',
    multiSelect,
    options: [
      { label: 'vitest', description: 'quick' },
      { label: 'node:test', description: '' },
    ],
  });

  it('is answered with one click', async () => {
    const extension = await withCards(approval('q', { kind: 'question', questions: [question(false)] }, { choices }));
    await pass(500);
    await panel.page.getByRole('button', { name: 'node:test' }).click();
    expect(await answers(extension)).toEqual([
      { choice: 'submitAnswers', answers: { 'Which runner?': ['node:test'] } },
    ]);
  });

  it('takes own words', async () => {
    const extension = await withCards(approval('q', { kind: 'question', questions: [question(false)] }, { choices }));
    await pass(500);
    await button('Something else…').click();
    await pass(50);
    await panel.page.keyboard.type('jest');
    await pass(50);
    await panel.page.keyboard.press('Enter');
    expect(await answers(extension)).toEqual([{ choice: 'submitAnswers', answers: { 'Which runner?': ['jest'] } }]);
  });

  it('of several parts is sent when every part is answered', async () => {
    const questions = [question(true), question(false, 'And then?')];
    const extension = await withCards(approval('q', { kind: 'question', questions }, { choices }));
    await pass(500);
    expect(await button('Answer').isEnabled()).toBe(false);
    await panel.page.getByRole('checkbox', { name: 'vitest: quick', exact: true }).click();
    await panel.page.getByRole('checkbox', { name: 'node:test', exact: true }).click();
    await panel.page.getByRole('radio', { name: 'vitest: quick', exact: true }).click();
    await pass(50);
    await button('Answer').click();
    expect(await answers(extension)).toEqual([
      { choice: 'submitAnswers', answers: { 'Which runner?': ['vitest', 'node:test'], 'And then?': ['vitest'] } },
    ]);
  });
});

describe('a plan', () => {
  it('is approved, approved with edits accepted, or sent back with comments', async () => {
    const choices: ApprovalCard['choices'] = [
      { id: 'approvePlan', label: 'Approve', role: 'primary' },
      { id: 'approvePlanAcceptEdits', label: 'Approve, edits accepted', role: 'more' },
      { id: 'sendBack', label: 'Send back', role: 'deny' },
    ];
    const extension = await withCards(approval('p', { kind: 'plan', plan: '# Plan\n\n1. One' }, { choices }));
    extension.onRequest = () => ({ failure: { family: 'x', reason: 'x', message: 'Keep it open.' } });
    await pass(500);
    await button('Approve').click();
    await pass(50);
    await button('More ways to approve this plan').click();
    await panel.page.getByRole('menuitem', { name: 'Approve, edits accepted' }).click();
    await pass(50);
    await button('Send back…').click();
    await pass(50);
    await panel.page.keyboard.type('Smaller steps');
    await panel.page.keyboard.press('Enter');
    expect(await answers(extension)).toEqual([
      { choice: 'approvePlan' },
      { choice: 'approvePlanAcceptEdits' },
      { choice: 'sendBack', message: 'Smaller steps' },
    ]);
  });
});

describe('a form', () => {
  it('is checked before it is sent', async () => {
    const extension = await withCards(
      approval(
        'f',
        {
          kind: 'elicitation',
          server: 'linear',
          message: 'Where?',
          fields: [
            { name: 'points', title: 'Points', type: 'integer', required: true },
            { name: 'team', title: 'Team', type: 'choice', required: true, options: [{ value: 's', label: 'Shop' }] },
            { name: 'tell', title: 'Tell the team', type: 'boolean', required: false },
          ],
        },
        { choices: [{ id: 'submitForm', label: 'Send', role: 'primary' }] },
      ),
    );
    await pass(500);
    await button('Send').click();
    await pass(50);
    expect(await panel.page.getByText('This field is needed.').count()).toBe(2);
    const invalid = panel.page.locator('panel-approval-card .field-control.invalid');
    expect(await invalid.evaluateAll(fields => fields.map(field => field.ariaInvalid))).toEqual(['true', 'true']);
    await panel.page.getByRole('textbox', { name: 'Points' }).fill('three');
    await pass(50);
    await panel.page.getByText('This is not a number.').waitFor();
    await panel.page.getByRole('textbox', { name: 'Points' }).fill('3');
    await panel.page.getByRole('combobox', { name: 'Team' }).click();
    await pass(50);
    await panel.page.getByRole('option', { name: 'Shop' }).click();
    await pass(50);
    await panel.page.getByRole('checkbox', { name: 'Tell the team' }).click();
    await pass(50);
    await button('Send').click();
    expect(await answers(extension)).toEqual([{ choice: 'submitForm', content: { points: 3, team: 's', tell: true } }]);
  });

  it('is declined at once: its server would get no words', async () => {
    const extension = await withCards(
      approval(
        'f',
        { kind: 'elicitation', server: 'linear', message: 'Where?', fields: [] },
        {
          choices: [
            { id: 'submitForm', label: 'Send', role: 'primary' },
            { id: 'declineForm', label: 'Decline', role: 'deny' },
          ],
        },
      ),
    );
    await pass(500);
    await button('Decline').click();
    expect(await answers(extension)).toEqual([{ choice: 'declineForm' }]);
  });

  it('shows the page that the server wants opened, and opens it on a click', async () => {
    const url = 'https://linear.example/login?state=1';
    const extension = await withCards(
      approval('u', { kind: 'elicitation', server: 'linear', message: 'Log in', fields: [], url }),
    );
    await pass(500);
    await button(url).click();
    await pass(50);
    expect(extension.sent('openLink')).toMatchObject([{ href: url }]);
    expect(extension.sent('answerApproval')).toEqual([]);
  });
});
