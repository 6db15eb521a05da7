import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { projectRoot } from './toolchain.ts';
import { VscodeHost, type VscodeHostOptions } from './vscodeHost.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

/** One VS Code server, one browser and a first window, ended in the order that lets the extension shut down. */
export class VscodeSession implements AsyncDisposable {
  readonly host: VscodeHost;
  readonly browser: Browser;
  readonly workbench: Workbench;
  readonly #windows: Workbench[] = [];

  private constructor(host: VscodeHost, browser: Browser, workbench: Workbench) {
    this.host = host;
    this.browser = browser;
    this.workbench = workbench;
    this.#windows.push(workbench);
  }

  static async open(options: VscodeHostOptions & WorkbenchOptions = {}): Promise<VscodeSession> {
    const host = await VscodeHost.start(options);
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser();
      return new VscodeSession(host, browser, await Workbench.open(browser, host, options));
    } catch (error) {
      await browser?.close();
      await host.stop();
      throw error;
    }
  }

  /** Another window on the same server, with an extension host of its own. */
  async openWindow(options: WorkbenchOptions = {}): Promise<Workbench> {
    const workbench = await Workbench.open(this.browser, this.host, options);
    this.#windows.push(workbench);
    return workbench;
  }

  /** Pictures of every window, in `.cache/screenshots`, for a test that failed. */
  async screenshots(name: string): Promise<void> {
    const folder = path.join(projectRoot, '.cache', 'screenshots');
    for (const [index, workbench] of this.#windows.entries()) {
      if (!workbench.page.isClosed()) await workbench.screenshot(path.join(folder, `${name}-${index + 1}.png`));
    }
  }

  async close(): Promise<void> {
    try {
      for (const workbench of this.#windows) await workbench.close();
      await this.host.extensionHostsGone();
    } finally {
      await this.browser.close();
      await this.host.stop();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
