import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { fileTaken } from '../workspace/surfaceErrors.ts';
import { commandScaffold, nameFromTitle, titleProblem } from './commandScaffold.ts';

/** Where a command of somebody's own is kept. */
export interface CommandPlace {
  readonly label: string;
  readonly description: string;
  /** Absolute. */
  readonly folder: string;
  /** Names of the commands that are there. */
  readonly taken: readonly string[];
}

/** Asks for a title and a place, writes a file to begin with, and opens it. */
export async function writeNewCommand(places: readonly CommandPlace[]): Promise<void> {
  const place = places.length < 2 ? places[0] : await pickPlace(places);
  if (place === undefined) {
    return;
  }
  const title = await vscode.window.showInputBox({
    title: vscode.l10n.t('New command'),
    prompt: vscode.l10n.t('What is it called? The palette shows this title.'),
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? undefined : titleProblem(text.trim(), place.taken)),
  });
  if (title === undefined || title.trim() === '') {
    return;
  }
  const file = path.join(place.folder, `${nameFromTitle(title.trim())}.yaml`);
  await newFile(file, () => writeFile(file, commandScaffold(title.trim()), { flag: 'wx' }));
  await openFile(file);
}

/** Copies a command into the project, where the copy takes the place of the original. */
export async function duplicateCommand(source: string, folder: string): Promise<void> {
  const file = path.join(folder, path.basename(source));
  await newFile(file, () => copyFile(source, file, 1));
  await openFile(file);
}

export async function openFile(file: string, line = 1): Promise<void> {
  const start = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), {
    preview: true,
    selection: new vscode.Range(start, start),
  });
}

async function newFile(file: string, write: () => Promise<unknown>): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await write();
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? fileTaken(file) : error;
  }
}

async function pickPlace(places: readonly CommandPlace[]): Promise<CommandPlace | undefined> {
  const picked = await vscode.window.showQuickPick(
    places.map(place => ({ label: place.label, description: place.description, place })),
    { title: vscode.l10n.t('Where should the new command be?') },
  );
  return picked?.place;
}
