import { describe, expect, it } from 'vitest';
import { openPanels } from './support/openPanels.ts';
import type { PanelPage } from './support/panelPage.ts';
import { SCENES } from './support/scenes.ts';
import { THEMES } from './support/themes.ts';

const openPanel = openPanels();

describe('every scene', () => {
  it.each(SCENES.map((scene, place) => ({ scene, theme: THEMES[place % THEMES.length] ?? 'dark-modern' })))(
    'draws without a fault and fits: $scene.name in $theme',
    async ({ scene, theme }) => {
      const surface = scene.surface ?? 'sidebar';
      const extension = scene.extension();
      const panel = await openPanel(extension, {
        theme,
        surface,
        width: surface === 'editor' ? 1200 : 250,
        reducedMotion: true,
      });
      await scene.act?.(panel.page, extension);
      await panel.delivered();
      await panel.drawn();
      // A violation of the content policy is told to the extension, too.
      expect(extension.sent('problem')).toEqual([]);
      expect(await overflowing(panel)).toEqual([]);
    },
  );
});

/** Elements that stick out of the page at its end without being inside something that scrolls. */
function overflowing(panel: PanelPage): Promise<string[]> {
  return panel.page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) {
      found.push(`page ${document.documentElement.scrollWidth}`);
    }
    const visit = (root: ShadowRoot | Document): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot !== null) {
          visit(element.shadowRoot);
        }
        const style = getComputedStyle(element);
        const scrolls = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
        if (scrolls && element.id === 'scroller') {
          found.push(`${element.tagName} ${element.className} ${element.scrollWidth} > ${element.clientWidth}`);
        }
        const box = element.getBoundingClientRect();
        const sticksOut = box.right > innerWidth + 1 && box.width > 0 && style.visibility !== 'hidden';
        if (sticksOut && !clipped(element)) {
          found.push(`${element.tagName}.${element.className} ends at ${Math.round(box.right)}`);
        }
      }
    };
    const clipped = (element: Element): boolean => {
      for (let each: Node | null = element.parentNode; each !== null; ) {
        if (each instanceof Element && getComputedStyle(each).overflowX !== 'visible') {
          return true;
        }
        each = each instanceof ShadowRoot ? each.host : each.parentNode;
      }
      return false;
    };
    visit(document);
    return found;
  });
}
