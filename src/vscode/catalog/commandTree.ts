import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { CatalogCommand } from '../../core/catalog/command.ts';
import { commandId } from '../contributions/commands.ts';
import { oneLine } from '../presenters/shownText.ts';
import type { Folder } from '../workspace/workspaceFolders.ts';
import { commandIcon, OWN_ICONS, shadowText } from './commandLook.ts';
import { type CommandNode, commandNodes, type GroupName } from './commandNodes.ts';

const LONGEST_LINE = 500;

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly folders: () => readonly Folder[];
  readonly isShown: (command: CatalogCommand) => boolean;
  /** Tells VS Code to ask again. */
  readonly changed: () => void;
}

/** The tree of all commands, with what shadows them and what is wrong with them. */
export class CommandTree implements Disposable {
  readonly #parts: Parts;
  readonly #ofServices = new DisposableStore();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  follow(services: PanelServices | undefined): void {
    this.#ofServices.clear();
    if (services !== undefined) {
      this.#ofServices.add(services.commands.onDidChange(this.#parts.changed));
    }
    this.#parts.changed();
  }

  /** Empty where nothing may run: then the view says why. */
  async children(node: CommandNode | undefined): Promise<CommandNode[]> {
    if (node !== undefined) {
      return node.kind === 'group' ? [...node.nodes] : [];
    }
    const services = await this.#parts.services().catch(() => undefined);
    if (services === undefined) {
      return [];
    }
    const folders = this.#parts.folders();
    const listings = folders.map(async folder => ({ ...folder, listing: await services.commands.list(folder.path) }));
    return [...commandNodes(await Promise.all(listings), this.#parts.isShown)];
  }

  /** How VS Code shows a node. */
  item(node: CommandNode): vscode.TreeItem {
    return treeItem(node);
  }

  dispose(): void {
    this.#ofServices.dispose();
  }
}

const GROUP_ICONS: Readonly<Record<GroupName, string>> = {
  project: 'root-folder',
  user: 'account',
  global: 'package',
  claude: 'sparkle',
};

function treeItem(node: CommandNode): vscode.TreeItem {
  switch (node.kind) {
    case 'group': {
      const state =
        node.group === 'claude' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
      return item(node.title, { node, icon: GROUP_ICONS[node.group], state });
    }
    case 'command': {
      const { command } = node;
      const shadow = shadowText(command);
      return item(oneLine(command.title, LONGEST_LINE), {
        node,
        icon: commandIcon(command),
        description: shadow === '' ? command.name : `${command.name} · ${shadow}`,
        tooltip: [command.title, command.description, command.fullName, shadow],
        context: `command.${command.namespace}`,
        press: 'showListedCommand',
      });
    }
    case 'broken': {
      const [fault] = node.broken.faults;
      return item(node.broken.name, {
        node,
        icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
        description: oneLine(fault.message, LONGEST_LINE),
        tooltip: node.broken.faults.map(({ message, remedy }) => [message, remedy].filter(Boolean).join(' ')),
        context: `broken.${node.broken.namespace}`,
        press: 'showListedCommand',
      });
    }
    case 'claude': {
      const { name, description, kind } = node.own;
      return item(kind === 'agent' ? name : `/${name}`, {
        node,
        icon: OWN_ICONS[kind],
        description: oneLine(description, LONGEST_LINE),
        tooltip: [name, description],
        context: 'claude',
        press: 'showListedCommand',
      });
    }
    case 'new':
      return item(vscode.l10n.t('New Command…'), { node, icon: 'add', context: 'new', press: 'newCommand' });
  }
}

interface Look {
  readonly node: CommandNode;
  readonly icon: string | vscode.ThemeIcon;
  readonly state?: vscode.TreeItemCollapsibleState;
  readonly description?: string;
  readonly tooltip?: readonly string[];
  readonly context?: string;
  readonly press?: 'showListedCommand' | 'newCommand';
}

function item(label: string, { node, icon, state, description, tooltip, context, press }: Look): vscode.TreeItem {
  const made = new vscode.TreeItem(label, state ?? vscode.TreeItemCollapsibleState.None);
  made.id = node.id;
  // Else screen readers get the tooltip, which need not begin with the name.
  made.accessibilityInformation = { label: description === undefined ? label : `${label}, ${description}` };
  made.iconPath = typeof icon === 'string' ? new vscode.ThemeIcon(icon) : icon;
  if (description !== undefined) {
    made.description = oneLine(description, LONGEST_LINE);
  }
  if (tooltip !== undefined) {
    made.tooltip = tooltip
      .filter(line => line !== '')
      .map(line => oneLine(line, LONGEST_LINE))
      .join('\n');
  }
  if (context !== undefined) {
    made.contextValue = context;
  }
  if (press !== undefined) {
    made.command = { command: commandId(press), title: label, arguments: [node] };
  }
  return made;
}
