import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { CatalogCommand } from '../../core/catalog/command.ts';
import { oneLine } from '../presenters/shownText.ts';
import { badLinkedCommand } from '../workspace/surfaceErrors.ts';
import type { Folder } from '../workspace/workspaceFolders.ts';
import type { CommandDesk } from './commandDesk.ts';
import { type CommandRequest, readCommandLink } from './commandRequest.ts';

const LONGEST_TEXT = 4000;

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly desk: CommandDesk;
  readonly folder: () => Folder | undefined;
}

/** Opens a link that wants to run a command. Anybody can write one, so a person is always asked first. */
export async function openCommandLink(uri: vscode.Uri, parts: Parts): Promise<void> {
  const request = readCommandLink(uri);
  if (request === undefined) {
    throw badLinkedCommand();
  }
  // Throws where nothing may run.
  const services = await parts.services();
  const folder = parts.folder();
  if (folder === undefined) {
    return;
  }
  const { command } = await services.commands.find(request.command, { cwd: folder.path });
  const run = vscode.l10n.t('Run');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('A link wants to run "{0}" in {1}.', oneLine(command.title, 200), folder.name),
    { modal: true, detail: linkDetail(command, request) },
    run,
  );
  if (pressed === run) {
    // By its full name: exactly the one that was shown.
    const wanted = { reference: command.fullName, cwd: folder.path, inputs: request.inputs ?? {}, asksAll: false };
    await parts.desk.run(wanted, 'editor');
  }
}

/** Exactly what would run, with what the link gives it. */
function linkDetail(command: CatalogCommand, { inputs = {} }: CommandRequest): string {
  // A further line of a value is set in, so that it does not pass for another value or for our own words.
  const given = Object.entries(inputs).map(
    ([name, value]) => `${name}: ${visibleText(String(value)).replace(/\r\n?|\n/g, '\n      ')}`,
  );
  const text = [
    `${command.fullName}: ${visibleText(command.description)}`,
    ...(given.length === 0
      ? [vscode.l10n.t('The link gives it no values.')]
      : [vscode.l10n.t('The link gives it these values:'), ...given]),
    vscode.l10n.t('Run it only if you know where the link comes from.'),
  ].join('\n\n');
  if (text.length > LONGEST_TEXT) {
    // What cannot be read cannot be agreed to.
    throw badLinkedCommand();
  }
  return text;
}
