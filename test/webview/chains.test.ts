import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../harness/waitFor.ts';
import { AUDIT_STEPS, atTheGate, audit, failed, planned } from './support/chainScenes.ts';
import { LONG_PATH, patchAtTheGate } from './support/edgeScenes.ts';
import type { FakeExtension } from './support/fakeExtension.ts';
import { openPanels } from './support/openPanels.ts';
import type { PanelPage } from './support/panelPage.ts';
import { chain, chainDetail, NOW } from './support/samples.ts';

const openPanel = openPanels();
let panel: PanelPage;

async function show(extension: FakeExtension, width = 1200): Promise<Page> {
  panel = await openPanel(extension, {
    width,
    height: 800,
    surface: width > 400 ? 'editor' : 'sidebar',
    reducedMotion: true,
  });
  return panel.page;
}

async function openAudit(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: /^Security Audit, chain/ }).click();
}

function step(page: Page, name: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^${name}, `) });
}

describe('a chain in the list', () => {
  it('is a row like a task, and its tasks unfold below it', async () => {
    const page = await show(audit(), 344);
    const row = page.getByRole('treeitem', { name: /^Security Audit, chain, Running, Risky code, 2 of 6 steps done/ });
    expect(await row.getAttribute('aria-expanded')).toBe('false');
    expect(await page.getByRole('treeitem', { name: /^Risky code/ }).count()).toBe(0);
    await row.focus();
    await page.keyboard.press('ArrowRight');
    const task = page.getByRole('treeitem', { name: /^Risky code/ });
    expect(await task.getAttribute('aria-level')).toBe('3');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    expect(await row.evaluate(element => element.matches(':focus'))).toBe(true);
    await page.keyboard.press('ArrowLeft');
    await task.waitFor({ state: 'detached' });
  });

  it('is stopped from its row', async () => {
    const extension = audit();
    const page = await show(extension, 344);
    await page.getByRole('treeitem', { name: /^Security Audit, chain/ }).hover();
    await page.getByRole('button', { name: 'Stop: Security Audit' }).click();
    await waitFor('the stop', () => extension.sent('chainAction').length === 1);
    expect(extension.sent('chainAction')).toMatchObject([{ chainId: 'audit', action: 'stop' }]);
    expect(extension.sent('openChain')).toEqual([]);
  });
});

describe('the graph', () => {
  it('shows each step with its state in words, and leads from one to the next by the arrow keys', async () => {
    const page = await show(audit());
    await openAudit(page);
    const first = step(page, 'Dependencies');
    expect(await first.getAttribute('aria-label')).toBe('Dependencies, Program, step 1 of 6, Done, 12 seconds');
    expect(await step(page, 'Merge the findings').getAttribute('aria-label')).toContain(
      'Waits, after Dependencies and Secrets and Risky code',
    );
    expect(await page.locator('.node[tabindex="0"]').count()).toBe(1);
    await first.focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) {
      await page.keyboard.press(key);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Step Merge the findings' }).waitFor();
  });

  it('changes as the chain goes on, without losing the place', async () => {
    const extension = audit();
    const page = await show(extension);
    await openAudit(page);
    const risky = step(page, 'Risky code');
    await risky.focus();
    const steps = AUDIT_STEPS.map(each =>
      each.id === 'risky' ? { ...each, state: 'succeeded' as const, endedAt: NOW } : each,
    );
    const before = await risky.boundingBox();
    await extension.send({
      type: 'chainDetail',
      detail: chainDetail('audit', { steps, inputs: [{ name: 'Depth', value: 'thorough' }] }),
    });
    await extension.change({
      kind: 'chain',
      chain: chain('audit', { title: 'Security Audit', stepsDone: 3, stepsTotal: 6 }),
    });
    await waitFor('the new state', async () => ((await risky.getAttribute('aria-label')) ?? '').includes('Done'));
    expect(await risky.evaluate(element => element.matches(':focus'))).toBe(true);
    expect(await risky.boundingBox()).toEqual(before);
    expect(await page.getByText('3 of 6 steps').isVisible()).toBe(true);
  });

  it('has the details of a step a click away, with its output as text and its task', async () => {
    const extension = audit();
    const detail = extension.chainDetails.get('audit');
    const chosen = {
      stepId: 'risky',
      does: 'Look for <b>risk</b>',
      output: '<img src=x onerror=alert(1)>',
      outputIsCut: true,
      chains: [],
    };
    extension.chainDetails.set('audit', { ...chainDetail('audit'), ...detail, chosen });
    const page = await show(extension);
    await openAudit(page);
    await step(page, 'Risky code').click();
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.getByText('Look for <b>risk</b>').isVisible()).toBe(true);
    expect(await page.getByText('The beginning of its output').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Open the output in an editor' }).click();
    await waitFor('the request', () => extension.sent('openStepOutput').length === 1);
    await page
      .getByRole('list', { name: 'Its task' })
      .getByRole('button', { name: /^Risky code/ })
      .click();
    await waitFor('the task', () => extension.sent('openTask').some(({ taskId }) => taskId === 'review'));
    await page.keyboard.press('Escape');
    await step(page, 'Risky code').waitFor();
  });

  it('runs a step again', async () => {
    const extension = failed();
    const page = await show(extension);
    await openAudit(page);
    await step(page, 'Dependencies').click();
    await page.getByText('npm audit ended with code 1. npm error code ENOLOCK').waitFor();
    await page.getByRole('button', { name: 'Run This Step Again' }).click();
    await waitFor('the request', () => extension.sent('rerunStep').length === 1);
    expect(extension.sent('rerunStep')).toMatchObject([{ chainId: 'audit', stepId: 'dependencies' }]);
  });

  it('is a list where it cannot be loaded, and says why in the log', async () => {
    const extension = audit();
    const page = await show(extension);
    await page.route('**/graphLayout.js', route => route.abort());
    await openAudit(page);
    await page.getByRole('list', { name: 'Steps' }).waitFor();
    expect(extension.sent('problem').map(({ text }) => text)).toEqual([
      expect.stringContaining('The graph cannot be drawn'),
    ]);
    panel.errors.splice(0);
  });
});

describe('the list of steps in a narrow view', () => {
  it('opens a step in its place and closes it again', async () => {
    const extension = audit();
    const page = await show(extension, 250);
    await openAudit(page);
    const first = step(page, 'Dependencies');
    await first.click();
    await page.getByText('npm audit --json').waitFor();
    expect(await first.getAttribute('aria-expanded')).toBe('true');
    await first.click();
    await page.getByText('npm audit --json').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show the graph in an editor tab' }).click();
    await waitFor('the wish', () => extension.sent('chainAction').length === 1);
    expect(extension.sent('chainAction')).toMatchObject([{ chainId: 'audit', action: 'openWide' }]);
  });

  it('keeps the gate in sight, which is approved or denied with a reason', async () => {
    const extension = atTheGate();
    const page = await show(extension, 344);
    await openAudit(page);
    const view = page.locator('panel-chain-view');
    await view.getByText('Write these findings into a report?').waitFor();
    expect(await view.getByText('src/auth/token.ts:41').isVisible()).toBe(true);
    await view.getByRole('button', { name: 'Deny…' }).click();
    await view.getByRole('textbox', { name: 'Why it should not go on, optional' }).fill('Not today');
    // A key that comes right after the card came up does not count.
    await waitFor('the answer', async () => {
      await page.keyboard.press('Enter');
      return extension.sent('answerApproval').length === 1;
    });
    expect(extension.sent('answerApproval')).toMatchObject([
      { approvalId: 'gate', answer: { choice: 'deny', message: 'Not today' } },
    ]);
  });
});

describe('a patch at a gate', () => {
  it('says the whole path of each file, because a person decides on it', async () => {
    const page = await show(patchAtTheGate(), 250);
    await openAudit(page);
    const path = page.locator('panel-chain-view').getByText(LONG_PATH);
    await path.waitFor();
    expect(await path.evaluate(element => element.scrollWidth <= element.clientWidth)).toBe(true);
  });
});

describe('a plan', () => {
  it('shows what would run, and runs it only when asked', async () => {
    const extension = planned();
    extension.onRequest = message => {
      if (message.type === 'chainAction' && message.action === 'run') {
        return { chainId: 'audit' };
      }
      return {};
    };
    const page = await show(extension);
    await extension.send({ type: 'reveal', target: { kind: 'chain', chainId: 'plan' } });
    await page.getByText('This is what would run. Nothing has started.').waitFor();
    expect(await step(page, 'Report').getAttribute('aria-label')).toContain('Waits');
    await page.getByRole('button', { name: 'Run', exact: true }).last().click();
    await page.getByText('2 of 6 steps').waitFor();
    expect(extension.sent('chainAction')).toMatchObject([{ chainId: 'plan', action: 'run' }]);
  });

  it('is gone when it is closed', async () => {
    const extension = planned();
    const page = await show(extension);
    await extension.send({ type: 'reveal', target: { kind: 'chain', chainId: 'plan' } });
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByText('Nothing has started').waitFor({ state: 'detached' });
    expect(extension.sent('chainAction')).toMatchObject([{ chainId: 'plan', action: 'discard' }]);
  });
});
