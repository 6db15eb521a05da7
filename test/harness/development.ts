import type { Page } from 'playwright-core';

export interface DevelopmentOptions {
  /** Folders of unpacked extensions. */
  readonly extensions: readonly string[];
  /** A JavaScript file with `run()`, to be run inside the extension host. */
  readonly tests?: string;
}

/**
 * Makes the page's workbench load unpacked extensions and, if given, run tests. The address's `payload` is ignored by a
 * built VS Code unless its test driver is on, which hides all notifications; so the page's configuration is changed as
 * the workbench reads it. Replacing the document itself would make Chromium refuse the page's WebSocket.
 */
export async function developExtensions(page: Page, port: number, options: DevelopmentOptions): Promise<void> {
  const uri = (path: string) => ({ $mid: 1, scheme: 'vscode-remote', authority: `127.0.0.1:${port}`, path });
  const added = {
    extensions: options.extensions.map(uri),
    ...(options.tests === undefined ? {} : { extensionTestsPath: uri(options.tests) }),
  };
  await page.addInitScript(developmentOptions => {
    const getAttribute = Element.prototype.getAttribute;
    Element.prototype.getAttribute = function (name) {
      const value = getAttribute.call(this, name);
      if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || !value) return value;
      const configuration = JSON.parse(value);
      return JSON.stringify({
        ...configuration,
        developmentOptions: { ...configuration.developmentOptions, ...developmentOptions },
      });
    };
  }, added);
}
