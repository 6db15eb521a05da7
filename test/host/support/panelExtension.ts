import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelApi } from '../../../src/extension.ts';

export const EXTENSION_ID = 'claude-control-panel.claude-control-panel';

export interface DeclaredSetting {
  readonly scope: string;
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly maximum?: number;
}

interface Declared {
  readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
  readonly configuration: { readonly properties: Readonly<Record<string, DeclaredSetting>> };
  readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
  readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly unknown[] }[];
}

export function panelExtension(): vscode.Extension<PanelApi> {
  const extension = vscode.extensions.getExtension<PanelApi>(EXTENSION_ID);
  assert.ok(extension);
  return extension;
}

/** What the extension contributes, as VS Code has read it: texts in place of their keys. */
export function declared(): Declared {
  return panelExtension().packageJSON.contributes;
}

export function workspaceFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri;
}

/** Asks again until the answer is true. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isTrue())) {
    assert.ok(performance.now() < end, `waited in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}
