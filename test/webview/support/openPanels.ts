import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../harness/browser.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { PanelPage, type PanelPageOptions } from './panelPage.ts';

type OpenPanel = (extension: FakeExtension, options?: PanelPageOptions) => Promise<PanelPage>;

/** One browser for the tests of a file. The panels that a test opens in it must be without a fault when it is over. */
export function openPanels(): OpenPanel {
  let browser: Browser;
  const open: PanelPage[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    const panels = open.splice(0);
    try {
      for (const { errors, extension } of panels) {
        expect(errors).toEqual([]);
        expect(extension.malformed).toEqual([]);
      }
    } finally {
      await Promise.all(panels.map(panel => panel.close()));
    }
  });
  afterAll(() => browser.close());
  return async (extension, options) => {
    const panel = await PanelPage.open(browser, extension, options);
    open.push(panel);
    return panel;
  };
}
