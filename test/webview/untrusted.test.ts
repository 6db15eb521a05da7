import { describe, expect, it } from 'vitest';
import type { ApprovalBody } from '../../src/protocol/approvalView.ts';
import { FakeExtension } from './support/fakeExtension.ts';
import { openPanels } from './support/openPanels.ts';
import { cardsSettled } from './support/panelPage.ts';
import { approval, detail, facts, NOW, task, textItem, toolItem } from './support/samples.ts';

const openPanel = openPanels();

/** Text as an agent, a repository or a server may write it. */
const ATTACKS = [
  '<img src=x onerror="window.attacked=1">',
  '<script>window.attacked=1</script>',
  '"><svg onload="window.attacked=1">',
  "'-alert(1)-'",
  '[x](javascript:window.attacked=1) ![i](http://tracker.test/i.png) <http://tracker.test/auto>',
  '<iframe srcdoc="<script>parent.attacked=1</script>"></iframe>',
  '<style>*{display:none}</style><link rel=stylesheet href=http://tracker.test/x.css>',
  '<a href="javascript:window.attacked=1" target=_top>click</a>',
  '\u202egnp.exe\u200b hidden\u2066',
].join('\n\n');

function attacked(): FakeExtension {
  const x = ATTACKS;
  const extension = new FakeExtension();
  const failure = { family: x, reason: x, message: x, detail: x, remedy: x };
  extension.now = NOW;
  extension.facts = facts({
    folders: [
      { name: x, path: x },
      { name: 'b', path: '/b' },
    ],
    health: [{ id: 'h', level: 'warning', text: x, remedy: x, command: { id: 'claudePanel.showLog', title: x } }],
    profiles: [
      { name: x, source: 'workspace', description: x, grants: [x], mcpServers: [x], problem: x, needsApproval: true },
    ],
    selectedProfile: x,
  });
  extension.tasks = [
    task('health', {
      title: x,
      activity: x,
      profile: x,
      model: x,
      ownedElsewhere: x,
      failure,
      state: 'waiting',
      pendingApprovals: 5,
    }),
  ];
  extension.details.set(
    'health',
    detail('health', {
      prompt: x,
      cwd: x,
      sessionId: x,
      permissionMode: x,
      authSource: x,
      cliVersion: x,
      result: x,
      todos: [{ content: x, status: 'inProgress' }],
      mcpServers: [{ name: x, status: 'failed', error: x }],
      messages: [{ id: 'q', text: x, state: 'queued' }],
      files: [{ path: x, added: 1, removed: 1, kind: 'edited' }],
      models: [{ model: x, inputTokens: 1, outputTokens: 1, cacheReadTokens: 1, cacheCreationTokens: 1, costUsd: 1 }],
      agents: [{ id: 'a', kind: x, description: x, status: 'running' }],
      tools: [{ name: x, calls: 1, failed: 1, denied: 1, totalMs: 1, waitedMs: 0 }],
      retry: { attempt: 1, maxRetries: 2, nextAt: NOW + 1e7, reason: x },
      rateLimit: { text: x },
      forkedFrom: { id: 'f', title: x },
    }),
  );
  const diff = { path: x, added: 1, removed: 1, hiddenLines: 0, lines: [{ kind: 'added' as const, text: x }] };
  extension.transcripts.set('health', [
    { kind: 'prompt', id: '1', at: NOW, text: x, by: x },
    { kind: 'thinking', id: '2', at: NOW, text: x },
    textItem('3', x),
    toolItem('4', { name: x, summary: x, input: x, output: x, status: 'error', decision: x, diff }),
    toolItem('5', { name: 'TodoWrite', input: JSON.stringify({ todos: [{ content: x, status: 'pending' }] }) }),
    { kind: 'notice', id: '6', at: NOW, level: 'error', text: x, remedy: x },
    { kind: 'decision', id: '7', at: NOW, approvalId: 'x', text: x },
    { kind: 'turnEnd', id: '8', at: NOW, outcome: 'failed', costUsd: 0, durationMs: 1, text: x },
  ]);
  const option = { label: x, description: x };
  const bodies: ApprovalBody[] = [
    { kind: 'tool', toolName: x, headline: x, target: x, input: x, diff, editable: true, hasHiddenCharacters: true },
    { kind: 'question', questions: [{ question: x, header: x, multiSelect: false, options: [option] }] },
    {
      kind: 'question',
      questions: [
        { question: x, header: x, multiSelect: true, options: [option] },
        { question: `${x}2`, header: x, multiSelect: false, options: [option] },
      ],
    },
    { kind: 'plan', plan: x },
    {
      kind: 'elicitation',
      server: x,
      message: x,
      fields: [
        { name: x, title: x, description: x, type: 'choice', required: true, options: [{ value: x, label: x }] },
        { name: `${x}2`, title: x, type: 'text', required: true, initial: x },
      ],
    },
    { kind: 'workspaceContent', headline: x, files: [x], grants: [x], content: x },
    { kind: 'gate', step: x, message: x, shown: x },
    { kind: 'gate', step: x, message: x, diffs: [diff] },
  ];
  extension.approvals = bodies.map((body, place) =>
    approval(`a${place}`, body, {
      taskTitle: x,
      agent: x,
      folder: x,
      why: x,
      blocks: x,
      choices: [
        { id: 'p', label: x, role: 'primary' },
        { id: 'm', label: x, role: 'more', rule: x, savedIn: x },
        { id: 'd', label: x, role: 'deny' },
      ],
    }),
  );
  extension.onRequest = () => ({ failure });
  return extension;
}

describe('untrusted text', () => {
  it('does nothing anywhere, loads nothing, and hides nothing', async () => {
    const extension = attacked();
    const panel = await openPanel(extension, { height: 4000 });
    const { page } = panel;
    const requests: string[] = [];
    page.on('request', request => requests.push(request.url()));
    await page.locator('[data-task="health"]').waitFor();
    const places = [await panel.text(page.locator('panel-root'))];
    await page.locator('panel-footer .health-button').click();
    await page.keyboard.press('Escape');
    await page.locator('panel-profile-picker .pill').click();
    places.push(await panel.text(page.locator('panel-profile-picker')));
    await page.keyboard.press('Escape');
    await cardsSettled(page);
    await page.locator('panel-approval-card .split vscode-button').nth(1).click();
    await page.getByRole('menuitem').first().click();
    await page.locator('panel-toasts .toast, panel-approval-card .failure').first().waitFor();
    await page.locator('[data-task="health"]').click();
    await page.locator('panel-transcript-item').nth(7).waitFor();
    for (const head of await page.locator('panel-transcript-item button.head').all()) {
      await head.click();
    }
    await page.locator('panel-transcript-item button.fold').first().click();
    await extension.send({
      type: 'live',
      taskId: 'health',
      discarded: [],
      parts: [
        { messageId: 'm', blockIndex: 0, kind: 'text', text: ATTACKS },
        { messageId: 'm', blockIndex: 1, kind: 'thinking', text: ATTACKS },
        { messageId: 'm', blockIndex: 2, kind: 'toolInput', text: ATTACKS, toolName: ATTACKS },
      ],
    });
    await page.locator('panel-transcript .live').nth(2).waitFor();
    places.push(await panel.text(page.locator('panel-root')));
    for (const tab of ['changes', 'tools', 'cost', 'details']) {
      await page.locator(`[data-tab="${tab}"]`).click();
      await page.locator(`[data-tab="${tab}"][aria-selected="true"]`).waitFor();
      places.push(await panel.text(page.locator('panel-root')));
    }
    const found = await page.evaluate(foreignElements);
    expect(found).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { attacked?: unknown }).attacked)).toBeUndefined();
    expect(requests).toEqual([]);
    expect(extension.sent('problem')).toEqual([]);
    for (const [place, shown] of places.entries()) {
      // Hidden characters are shown as marks in every place, and nowhere left as they are.
      expect(`${place} ${/[\u202e\u200b\u2066]/.exec(shown)?.index}`).toBe(`${place} undefined`);
      expect(shown).toContain('⟨U+202E⟩');
    }
  });

  it('is not read out or shown in a tooltip with hidden characters either', async () => {
    const extension = attacked();
    const panel = await openPanel(extension, { height: 3000 });
    await panel.page.locator('[data-task="health"]').click();
    await panel.page.locator('panel-transcript-item').nth(7).waitFor();
    const hidden = await panel.page.evaluate(() => {
      const found: string[] = [];
      const visit = (root: ShadowRoot | Document): void => {
        for (const element of root.querySelectorAll('*')) {
          for (const { name, value } of element.attributes) {
            // The id that answers a field is its value, not its name for people.
            const shown = name === 'title' || name.startsWith('aria-');
            if (shown && /[\u202e\u200b\u2066]/.test(value)) {
              found.push(`${element.tagName} ${name}`);
            }
          }
          if (element.shadowRoot !== null) {
            visit(element.shadowRoot);
          }
        }
      };
      visit(document);
      return found;
    });
    expect(hidden).toEqual([]);
  });
});

/** Elements that only markup in a text could have made. */
function foreignElements(): string[] {
  const found: string[] = [];
  const visit = (root: ShadowRoot | Document): void => {
    for (const element of root.querySelectorAll(
      'img, iframe, script, object, embed, link, svg[onload], [onerror], [href], [srcdoc]',
    )) {
      if (!(root instanceof Document)) {
        found.push(element.outerHTML.slice(0, 120));
      }
    }
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot !== null) {
        visit(element.shadowRoot);
      }
    }
  };
  visit(document);
  return found;
}
