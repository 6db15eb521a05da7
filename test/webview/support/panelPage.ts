import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { SETTLE_MS } from '../../../src/webview/approval/inputGuard.ts';
import { projectRoot } from '../../harness/toolchain.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { defaultStyles, type ThemeName, theme } from './themes.ts';

const ORIGIN = 'https://panel.test';
const DIST = path.join(projectRoot, 'dist', 'webview');
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

export interface PanelPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly surface?: 'sidebar' | 'editor';
  /** What the view saved before. */
  readonly saved?: unknown;
  /** Holds time still until the test moves it. */
  readonly clockAt?: number;
  readonly reducedMotion?: boolean;
}

/** The real bundle in a real browser, in a page as VS Code would make it, with an extension that the test plays. */
export class PanelPage {
  readonly page: Page;
  readonly extension: FakeExtension;
  readonly errors: string[] = [];
  readonly #context: BrowserContext;

  private constructor(page: Page, context: BrowserContext, extension: FakeExtension) {
    this.page = page;
    this.#context = context;
    this.extension = extension;
    page.on('pageerror', error => this.errors.push(String(error)));
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.errors.push(message.text());
      }
    });
  }

  static async open(browser: Browser, extension: FakeExtension, options: PanelPageOptions = {}): Promise<PanelPage> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 344, height: options.height ?? 852 },
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const panel = new PanelPage(page, context, extension);
    if (options.clockAt !== undefined) {
      await page.clock.install({ time: options.clockAt - 1000 });
      await page.clock.pauseAt(options.clockAt);
    }
    await page.exposeFunction('sendToExtension', (message: unknown) => extension.receive(message));
    await page.addInitScript(fakeHost, options.saved ?? null);
    await page.route(`${ORIGIN}/**`, route => {
      const name = new URL(route.request().url()).pathname.slice(1);
      const extensionName = name.split('.').at(-1) ?? '';
      return name === 'panel.html'
        ? route.fulfill({ contentType: 'text/html', body: pageHtml(options) })
        : route.fulfill({
            contentType: TYPES[extensionName] ?? 'text/plain',
            body: readFileSync(path.join(DIST, name)),
          });
    });
    extension.attach(message => page.evaluate(data => window.postMessage(data, '*'), message));
    await page.goto(`${ORIGIN}/panel.html`);
    await page.locator('panel-compose').waitFor({ state: 'attached' });
    return panel;
  }

  /** Waits until the extension has everything that the view has sent so far. */
  async delivered(): Promise<void> {
    await this.page.evaluate(() =>
      (window as unknown as { sendToExtension(message: unknown): Promise<void> }).sendToExtension(null),
    );
  }

  /** Waits until what the view has been told by now is drawn. */
  async drawn(): Promise<void> {
    await this.page.evaluate(
      () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
    );
  }

  /** All text below an element, through shadow roots. */
  text(locator: Locator): Promise<string> {
    return locator.evaluate(element => {
      const read = (node: Node): string =>
        node instanceof Element && node.shadowRoot !== null
          ? read(node.shadowRoot)
          : node instanceof Text
            ? node.data
            : node instanceof HTMLStyleElement
              ? ''
              : [...node.childNodes].map(read).join('');
      return read(element);
    });
  }

  saved(): Promise<unknown> {
    return this.page.evaluate(() => (window as unknown as { savedState: unknown }).savedState);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

/** Waits, by the time of the page, until a click on the cards that are there counts. */
export async function cardsSettled(page: Page): Promise<void> {
  await page.locator('panel-approval-card').first().waitFor();
  await page.evaluate(ms => new Promise(done => setTimeout(done, ms)), SETTLE_MS + 50);
}

function fakeHost(saved: unknown): void {
  const holder = window as unknown as { savedState: unknown; sendToExtension(message: unknown): Promise<void> };
  holder.savedState = saved ?? undefined;
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => void holder.sendToExtension(message),
      getState: () => holder.savedState,
      setState: (state: unknown) => {
        holder.savedState = structuredClone(state);
      },
    }),
  });
}

/** The page as VS Code makes it: theme variables on the root, its own styles before the content policy. */
function pageHtml(options: PanelPageOptions): string {
  const { bodyClass, kind, id, variables } = theme(options.theme ?? 'dark-modern');
  const surface = options.surface ?? 'sidebar';
  const behind = variables[surface === 'editor' ? '--vscode-editor-background' : '--vscode-sideBar-background'];
  const style = Object.entries(variables)
    .map(([name, value]) => `${name}:${value}`)
    .join(';')
    .replaceAll('"', '&quot;');
  const tokens: Readonly<Record<string, string>> = {
    cspSource: ORIGIN,
    nonce: 'bm9uY2U=',
    scriptUri: `${ORIGIN}/panel.js`,
    styleUri: `${ORIGIN}/panel.css`,
    codiconUri: `${ORIGIN}/codicon.ttf`,
    surface,
    title: 'Tasks',
  };
  return readFileSync(path.join(projectRoot, 'src', 'webview', 'panel.html'), 'utf8')
    .replace(/#\{(\w+)\}/g, (_, name: string) => tokens[name] ?? '')
    .replace('<html lang="en">', `<html lang="en" style="${style}">`)
    .replace('<head>', `<head><style>${defaultStyles()} html{background:${behind}}</style>`)
    .replace('<body ', `<body class="${bodyClass}" data-vscode-theme-kind="${kind}" data-vscode-theme-id="${id}" `);
}
