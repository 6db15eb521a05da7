import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { panelHtml } from './panelHtml.ts';

/** Puts the page of the panel into a webview. It may load files of the bundle only, and run its one script only. */
export class PageLoader {
  readonly #folder: vscode.Uri;
  readonly tabIcon: { readonly light: vscode.Uri; readonly dark: vscode.Uri };
  #template: Promise<string> | undefined;

  constructor(extensionUri: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const icon = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', name);
    this.tabIcon = { light: icon('tab-light.svg'), dark: icon('tab-dark.svg') };
  }

  async load(webview: vscode.Webview, surface: 'sidebar' | 'editor', title: string): Promise<void> {
    webview.options = { enableScripts: true, localResourceRoots: [this.#folder] };
    const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.#folder, file)).toString();
    this.#template ??= readFile(vscode.Uri.joinPath(this.#folder, 'panel.html').fsPath, 'utf8');
    const addresses = {
      cspSource: webview.cspSource,
      scriptUri: address('panel.js'),
      styleUri: address('panel.css'),
      codiconUri: address('codicon.ttf'),
    };
    const nonce = randomBytes(18).toString('base64url');
    webview.html = panelHtml(await this.#template, addresses, { nonce, surface, title });
  }
}
