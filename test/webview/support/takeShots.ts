import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { launchBrowser } from '../../harness/browser.ts';
import { PanelPage } from './panelPage.ts';
import { SCENES } from './scenes.ts';
import { THEMES } from './themes.ts';

/*
 * Pictures of every scene, to be looked at: node test/webview/support/takeShots.ts FOLDER [scene …]
 * Narrow and usual side panels in every theme, and the wide panel.
 */
const [folder = 'test-results/shots', ...wanted] = process.argv.slice(2);
const WIDTHS = { sidebar: [250, 344], editor: [1200] } as const;
mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const scene of SCENES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    for (const theme of THEMES) {
      const surface = scene.surface ?? 'sidebar';
      for (const width of WIDTHS[surface]) {
        const extension = scene.extension();
        const panel = await PanelPage.open(browser, extension, {
          theme,
          width,
          surface,
          height: surface === 'editor' ? 800 : 852,
          reducedMotion: true,
        });
        await scene.act?.(panel.page, extension);
        await panel.page.waitForTimeout(500);
        await panel.page.screenshot({ path: path.join(folder, `${scene.name}.${theme}.${width}.png`) });
        if (panel.errors.length > 0 || extension.malformed.length > 0 || extension.sent('problem').length > 0) {
          console.log(scene.name, theme, width, panel.errors, extension.malformed, extension.sent('problem'));
        }
        await panel.close();
      }
    }
  }
} finally {
  await browser.close();
}
