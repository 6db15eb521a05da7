import * as vscode from 'vscode';
import type { CommandListing } from '../../app/commandCatalog.ts';
import type { CatalogCommand, ClaudeOwnCommand } from '../../core/catalog/command.ts';
import { escapeIcons } from '../commands/pickTask.ts';
import { oneLine } from '../presenters/shownText.ts';
import { commandIcon, OWN_ICONS, shadowText } from './commandLook.ts';

type Picked =
  | { readonly kind: 'command'; readonly command: CatalogCommand; readonly does: 'run' | 'preview' | 'open' }
  | { readonly kind: 'claude'; readonly own: ClaudeOwnCommand; readonly does: 'run' | 'open' };

interface Item extends vscode.QuickPickItem {
  readonly choice?: Picked;
}

const LONGEST_LINE = 300;
const GROUPS = [
  ['project', 'Project'],
  ['user', 'User'],
  ['global', 'Built in'],
] as const;

/** Lets the person choose one of all commands. Closing the list chooses nothing. */
export function pickCommand(
  listing: CommandListing,
  title: string,
  isShown: (command: CatalogCommand) => boolean,
): Promise<Picked | undefined> {
  const preview: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('eye'),
    tooltip: vscode.l10n.t('Show What Would Run'),
  };
  const open: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('go-to-file'),
    tooltip: vscode.l10n.t('Show Definition'),
  };
  const items: Item[] = [
    ...GROUPS.flatMap(([namespace, label]) =>
      section(
        label,
        listing.commands
          .filter(command => command.namespace === namespace && isShown(command))
          .map(command => ({ ...commandItem(command), buttons: [preview, open] })),
      ),
    ),
    ...section(
      'Claude Code',
      listing.claude.map(own => ({ ...ownItem(own), buttons: [open] })),
    ),
  ];
  return new Promise(resolve => {
    const picker = vscode.window.createQuickPick<Item>();
    const settle = (picked: Picked | undefined): void => {
      resolve(picked);
      picker.hide();
    };
    picker.title = title;
    picker.placeholder =
      listing.broken.length === 0
        ? vscode.l10n.t('Which command?')
        : vscode.l10n.t('Which command? ({0} more cannot be read: see Problems)', listing.broken.length);
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    picker.items = items;
    picker.onDidAccept(() => settle(picker.selectedItems[0]?.choice));
    picker.onDidTriggerItemButton(({ item, button }) => {
      const { choice } = item;
      if (choice?.kind === 'command') {
        settle({ ...choice, does: button === preview ? 'preview' : 'open' });
      } else if (choice !== undefined) {
        settle({ ...choice, does: 'open' });
      }
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function section(label: string, items: readonly Item[]): readonly Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function commandItem(command: CatalogCommand): Item {
  const shadow = shadowText(command);
  return {
    label: `$(${commandIcon(command)}) ${text(command.title)}`,
    description: text(shadow === '' ? command.name : `${command.name} · ${shadow}`),
    detail: text(command.description),
    choice: { kind: 'command', command, does: 'run' },
  };
}

function ownItem(own: ClaudeOwnCommand): Item {
  return {
    label: `$(${OWN_ICONS[own.kind]}) ${text(own.kind === 'agent' ? own.name : `/${own.name}`)}`,
    description: own.source,
    detail: text(own.description),
    choice: { kind: 'claude', own, does: 'run' },
  };
}

function text(untrusted: string): string {
  return escapeIcons(oneLine(untrusted, LONGEST_LINE));
}
