import { beforeAll, describe, expect, it } from 'vitest';
import { usePanelStage } from './support/panelStage.ts';
import { falters } from './support/script.ts';
import { shownText } from './support/shownText.ts';

/** What `claude-panel show ID --json --transcript` says of a task. */
interface ShownTask {
  readonly state: string;
  readonly profile: string;
  readonly cost_usd: number;
  readonly task: {
    readonly files: readonly { path: string; kind: string; added: number; removed: number }[];
    readonly models: Readonly<Record<string, Tokens>>;
  };
  readonly transcript: readonly { readonly kind: string; readonly name?: string }[];
}

interface Tokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
}

const TITLE = 'Add a health endpoint and test it';

describe('a task in the panel', () => {
  const stage = usePanelStage({ project: 'sample' });

  it('shows what Claude writes while it writes it', async () => {
    const { panel, data } = stage();
    await panel.runScript('Write slowly', falters('So much is known.'));
    await panel.frame.getByText('So much is known.', { exact: true }).first().waitFor();
    await panel.state('Working');
    // Only whole messages are stored, and this one is not whole.
    const { id } = await stage().task('Write slowly');
    expect(data.words(id)).toBe('');
    await panel.showList();
    await panel.row('Write slowly', 'Working').waitFor();
    await panel.openTask('Write slowly');
    await panel.button('Stop').click();
    await panel.state('Stopped');
  });

  describe('that was typed, given a profile and run', () => {
    let shown: ShownTask;

    beforeAll(async () => {
      const { panel } = stage();
      await panel.open();
      await panel.chooseProfile('comprehensive');
      await panel.run(TITLE);
      const asks = ['Edit src/server.js', 'Edit src/server.js', 'Create src/health.mjs', 'Create test/health.test.mjs'];
      for (const ask of [...asks, 'Run a command node --test']) {
        await (await panel.card(`${TITLE}: ${ask}`)).press('Allow');
      }
      await panel.state('Done');
      const { id } = await stage().taskIn(TITLE, 'succeeded');
      shown = JSON.parse((await stage().command('show', id, '--json', '--transcript')).stdout);
    });

    it('did the work in the folder, with the chosen profile', () => {
      expect(shown).toMatchObject({ state: 'succeeded', profile: 'comprehensive' });
      expect(stage().read('src/server.js')).toContain("if (request.url === '/health')");
      expect(stage().read('src/health.mjs')).toContain("status: 'ok'");
      expect(stage().has('test/health.test.mjs')).toBe(true);
    });

    it('can be read from its prompt to its last word', async () => {
      const { panel } = stage();
      await panel.tab('Transcript');
      expect(await panel.transcriptWith(/Done · \$/)).toContain('The health endpoint is there and tested.');
      await panel.transcript.getByRole('article').last().focus();
      await panel.workbench.page.keyboard.press('Home');
      expect(await panel.transcriptWith(TITLE)).toContain('I look at the project first');
    });

    it('shows of each tool what it did, what came out, and how long it took', async () => {
      const { panel } = stage();
      await panel.tab('Transcript');
      await panel.transcript.getByRole('article').first().focus();
      await panel.workbench.page.keyboard.press('End');
      await panel.transcriptWith(/Done · \$/);
      const tests = panel.transcript.getByRole('article').filter({ hasText: 'node --test' }).first();
      expect(await shownText(tests)).toMatch(/^\W*node --test\W+\d+(\.\d)? s$/m);
      expect(await shownText(tests.getByRole('group', { name: 'Output' }))).toContain('TAP version 13');
      await tests.getByRole('button', { name: /more lines$/ }).click();
      await expect.poll(() => shownText(tests.getByRole('group', { name: 'Output' }))).toMatch(/# fail 0/);
      await tests.getByRole('button', { name: /^node --test, done/ }).click();
      expect(await shownText(tests.getByRole('group', { name: 'Input' }))).toContain('"command": "node --test"');
    });

    it('shows the changes that the command line tells of', async () => {
      const panel = await stage().panel.tab('Changes');
      const files = panel.getByRole('listitem');
      expect(shown.task.files).toHaveLength(3);
      await expect.poll(() => files.count()).toBe(3);
      for (const { path, kind, added, removed } of shown.task.files) {
        const [folder, name] = path.split('/');
        const counts = [
          ...(added > 0 ? [`${lines(added)} added`] : []),
          ...(removed > 0 ? [`${lines(removed)} removed`] : []),
        ];
        const label = `${name} ${folder} ${kind} ${counts.join(' ')}`;
        await expect.poll(() => panel.getByRole('button', { name: label, exact: true }).count()).toBe(1);
      }
    });

    it('counts the tool calls that the command line tells of', async () => {
      const panel = await stage().panel.tab('Tools');
      const calls = shown.transcript.filter(({ kind }) => kind === 'tool').map(({ name }) => name ?? '');
      const expected = [...new Set(calls)].map(name => `${name} ${calls.filter(call => call === name).length} ×`);
      const counts = async (): Promise<readonly string[]> => {
        const lines = (await panel.getByRole('listitem').allInnerTexts()).map(text => text.replace(/\s+/g, ' '));
        return lines.map(line => line.replace(/^\W+| ·.*$/g, '')).sort();
      };
      await expect.poll(counts).toEqual(expected.sort());
      await panel.getByText('None: the profile starts no MCP server.').waitFor();
    });

    it('costs what the command line tells, to the token', async () => {
      const panel = await stage().panel.tab('Cost');
      expect(shown.cost_usd).toBeGreaterThan(0.01);
      const dollars = `$${shown.cost_usd.toFixed(2)}`;
      await panel.getByText(dollars, { exact: true }).first().waitFor();
      expect(await stage().panel.frame.getByTitle('What it cost so far').innerText()).toBe(dollars);
      const [tokens] = Object.values(shown.task.models);
      const { inputTokens = 0, outputTokens = 0, cacheReadTokens = 0, cacheCreationTokens = 0 } = tokens ?? {};
      for (const count of [inputTokens, outputTokens, cacheReadTokens, cacheCreationTokens]) {
        expect(count).toBeGreaterThan(0);
        await expect.poll(() => panel.getByTitle(`${count.toLocaleString('en-US')} tokens`).count()).toBe(1);
      }
    });

    it('has a row with its state and its cost', async () => {
      const { panel } = stage();
      await panel.showList();
      const row = panel.row(TITLE, `Done, $${shown.cost_usd.toFixed(2)}`);
      await row.waitFor();
      // The row has the focus, so that its buttons stand where the facts are otherwise.
      expect(await row.locator('.facts').textContent()).toMatch(/\$\d+\.\d\d · \d+:\d\d/);
    });
  });
});

function lines(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}
