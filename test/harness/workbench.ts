import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { type DevelopmentOptions, developExtensions } from './development.ts';
import { Notifications } from './notifications.ts';
import { pressUntil } from './pressUntil.ts';
import { QuickInput } from './quickInput.ts';
import type { VscodeHost } from './vscodeHost.ts';
import { waitFor } from './waitFor.ts';
import { Webviews } from './webviews.ts';

const READY_MS = 60_000;
const OPEN_MS = 1_500;

export interface WorkbenchOptions {
  /** The folder to open instead of the host's workspace. */
  readonly folder?: string;
  /** Pixels; default 1400 by 900. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** An existing context restores the window's layout; a new one, the default, is a clean window. */
  readonly context?: BrowserContext;
  readonly development?: DevelopmentOptions;
}

/** One VS Code window in the browser. */
export class Workbench implements AsyncDisposable {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly webviews: Webviews;
  /** What the page wrote to the browser's console, as `kind: text`. */
  readonly consoleLines: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page, this.quickInput);
    this.webviews = new Webviews(page);
    page.on('console', message => this.consoleLines.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', error => this.consoleLines.push(`pageerror: ${error.message}`));
  }

  /** Opens a window and waits until its extension host is connected. */
  static async open(browser: Browser, host: VscodeHost, options: WorkbenchOptions = {}): Promise<Workbench> {
    const { viewport = { width: 1400, height: 900 }, development } = options;
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = options.context ?? (await browser.newContext({ viewport, permissions }));
    const workbench = new Workbench(await context.newPage());
    if (development) await developExtensions(workbench.page, host.port, development);
    await workbench.page.goto(host.workbenchUrl(options.folder), { waitUntil: 'commit' });
    await workbench.ready();
    return workbench;
  }

  /** Waits until the window is painted and its extension host is connected. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: READY_MS });
    const connected = '.statusbar-item#status\\.host:not([aria-label*="Opening"])';
    await this.page.locator(connected).waitFor({ timeout: READY_MS });
  }

  /** Runs a command by its name in the palette. */
  async command(label: string, timeoutMs?: number): Promise<void> {
    await this.quickInput.command(label, timeoutMs);
  }

  /** Opens a view container of the activity bar by its title; leaves it open when it is. */
  async openContainer(title: string): Promise<void> {
    const name = `[aria-label^=${JSON.stringify(title)}]`;
    const tab = this.page.locator(`.part.activitybar .action-item:has(> a${name})`).first();
    await tab.waitFor({ timeout: READY_MS });
    const isOpen = async (): Promise<boolean> => (await tab.getAttribute('aria-expanded')) === 'true';
    // While a window is being restored, a press may close what was about to be open.
    await pressUntil(`${title} to be open`, isOpen, () => tab.click({ timeout: OPEN_MS }), OPEN_MS);
  }

  /** A status-bar item by `PUBLISHER.NAME.ID`, ID as the extension gave it to `createStatusBarItem`. */
  statusItem(id: string): Locator {
    return this.page.locator(`.part.statusbar .statusbar-item[id="${id}"]`);
  }

  /** Reloads the window as its user would, and waits until the new extension host is connected. */
  async reload(): Promise<void> {
    const previous = await this.page.evaluate(() => performance.timeOrigin);
    await this.command('Developer: Reload Window');
    await waitFor('the window to load again', async () => {
      return (await this.page.evaluate(() => performance.timeOrigin)) !== previous;
    });
    await this.ready();
  }

  /** The lines of the editor that are on screen. */
  async editorText(): Promise<string> {
    const lines = await this.page.locator('.part.editor .monaco-editor .view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** A picture of the whole window, as PNG. */
  async screenshot(file: string): Promise<void> {
    mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }

  /** Closes the window; its extension host runs `deactivate` and leaves (`VscodeHost.extensionHostsGone`). */
  async close(): Promise<void> {
    await this.page.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
