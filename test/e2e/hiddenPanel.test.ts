import { beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../harness/waitFor.ts';
import { wordsBeforeStall, wordsRule, writesPieces } from './support/longScripts.ts';
import { usePanelStage } from './support/panelStage.ts';
import { shownText } from './support/shownText.ts';

const WORDS = 400;
/** The model falls silent then, so that the task goes on for as long as the test looks at it. */
const PIECES_WRITTEN = 150;
const PIECES = 3_000;
/** Many times what is in sight, and a small part of all. */
const MOST_DRAWN = 200;

describe('the panel', () => {
  const stage = usePanelStage({ scenario: `rules:\n${wordsRule('Write unseen', WORDS, { stall: PIECES_WRITTEN })}` });
  beforeAll(() => stage().panel.open());

  it('shows what is being written from its beginning when it was hidden meanwhile', async () => {
    const { panel } = stage();
    const openTask = panel.frame.getByRole('region', { name: 'Open task' });
    await panel.run('Write unseen');
    await openTask.getByText('w1 w2 w3 w4 w5').waitFor();
    await panel.hide();
    await panel.transcript.waitFor({ state: 'detached' });
    await panel.open();
    // Then the rest is written, before the eyes of the person.
    const written = wordsBeforeStall(WORDS, PIECES_WRITTEN);
    await openTask.getByText(written).waitFor();
    await panel.state('Working');
    await panel.button('Stop').click();
    await panel.state('Stopped');
  });

  it('opens and scrolls a transcript of 3,000 items', async () => {
    const { panel, workbench, data } = stage();
    const item = (number: number) => panel.transcript.locator(`[aria-posinset="${number}"]`);
    await panel.runScript('Write much', writesPieces(PIECES));
    await panel.state('Done');
    expect(data.events((await stage().task('Write much')).id, 'task.text')).toHaveLength(PIECES);

    await panel.openTask('Write much');
    // The prompt is the first item, the end of the turn the last.
    await item(PIECES + 1)
      .getByText(`Piece ${PIECES}.`)
      .waitFor();
    expect(await panel.transcript.getByRole('article').count()).toBeLessThan(MOST_DRAWN);
    await item(PIECES).hover();
    for (const deltaY of [-1e6, 1e6, -4e4]) await workbench.page.mouse.wheel(0, deltaY);
    await item(PIECES + 1).waitFor({ state: 'detached' });
    const shown = await waitFor('the items in the middle', async () => {
      const numbers = (await shownText(panel.transcript)).match(/(?<=Piece )\d+/g);
      return numbers && numbers.length > 10 ? numbers.map(Number) : undefined;
    });
    expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) + index));
    await panel.button('Jump to latest').click();
    await item(PIECES + 1)
      .getByText(`Piece ${PIECES}.`)
      .waitFor();
  });
});
