import path from 'node:path';
import * as vscode from 'vscode';
import { foldersAbove, pathInFolder } from './shownPaths.ts';

/** As many as a list can be searched without a wait. */
const MOST_FILES = 5000;
/** The panel's own folder holds a store of snapshots: thousands of files that nobody looks for. */
const LEFT_OUT = '**/{node_modules,.git,.claude-panel}/**';

/** Files of a folder, relative to it. */
export async function filesOf(folder: string, signal: AbortSignal): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(vscode.Uri.file(folder), '**/*'),
    LEFT_OUT,
    MOST_FILES,
    cancellation(signal),
  );
  return found.map(({ fsPath }) => pathInFolder(folder, fsPath)).sort();
}

/** The folder itself, and the folders of its files. */
export async function foldersOf(folder: string, signal: AbortSignal): Promise<readonly string[]> {
  return foldersAbove(await filesOf(folder, signal));
}

/** Lets the person look anywhere. */
export async function browseFor(kind: 'file' | 'folder', folder: string, title: string): Promise<string | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title,
      defaultUri: vscode.Uri.file(folder),
      canSelectFiles: kind === 'file',
      canSelectFolders: kind === 'folder',
      canSelectMany: false,
    })) ?? [];
  return chosen === undefined ? undefined : pathInFolder(folder, path.normalize(chosen.fsPath));
}

function cancellation(signal: AbortSignal): vscode.CancellationToken {
  const source = new vscode.CancellationTokenSource();
  signal.addEventListener('abort', () => source.cancel(), { once: true });
  return source.token;
}
