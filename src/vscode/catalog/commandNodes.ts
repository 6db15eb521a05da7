import type { CommandListing } from '../../app/commandCatalog.ts';
import type { BrokenCommand } from '../../core/catalog/catalog.ts';
import type { CatalogCommand, ClaudeOwnCommand, CommandNamespace } from '../../core/catalog/command.ts';

export type GroupName = CommandNamespace | 'claude';

/** What the tree of commands is made of. `cwd` is the folder that a command would run in. */
export type CommandNode =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly group: GroupName;
      readonly title: string;
      readonly nodes: readonly CommandNode[];
    }
  | { readonly kind: 'command'; readonly id: string; readonly command: CatalogCommand; readonly cwd: string }
  | { readonly kind: 'broken'; readonly id: string; readonly broken: BrokenCommand }
  | { readonly kind: 'claude'; readonly id: string; readonly own: ClaudeOwnCommand; readonly cwd: string }
  /** Stands where there is no command yet. */
  | { readonly kind: 'new'; readonly id: string; readonly namespace: 'user' | 'project'; readonly cwd: string };

interface FolderListing {
  readonly name: string;
  readonly path: string;
  readonly listing: CommandListing;
}

const TITLES: Readonly<Record<GroupName, string>> = {
  project: 'Project',
  user: 'User',
  global: 'Built in',
  claude: 'Claude Code',
};

/** By namespace, the nearest one first; each folder of the workspace has commands of its own. */
export function commandNodes(
  folders: readonly FolderListing[],
  isShown: (command: CatalogCommand) => boolean,
): readonly CommandNode[] {
  const [first] = folders;
  if (first === undefined) {
    return [];
  }
  const projects = folders.map(folder => ({
    ...group('project', folder, isShown),
    id: `project ${folder.path}`,
    title: folders.length === 1 ? TITLES.project : `${TITLES.project}: ${folder.name}`,
  }));
  const own = claudeGroup(folders);
  return [
    ...projects,
    group('user', first, isShown),
    group('global', first, isShown),
    ...(own === undefined ? [] : [own]),
  ];
}

function group(
  namespace: CommandNamespace,
  { path, listing }: FolderListing,
  isShown: (command: CatalogCommand) => boolean,
): Extract<CommandNode, { kind: 'group' }> {
  const commands = listing.commands.filter(command => command.namespace === namespace && isShown(command));
  const broken = listing.broken.filter(command => command.namespace === namespace);
  const nodes: CommandNode[] = [
    ...commands.map(command => ({ kind: 'command', id: `${path} ${command.fullName}`, command, cwd: path }) as const),
    ...broken.map(each => ({ kind: 'broken', id: `${path} ${each.fullName}`, broken: each }) as const),
  ];
  const isEmpty = nodes.length === 0 && namespace !== 'global';
  return {
    kind: 'group',
    id: namespace,
    group: namespace,
    title: TITLES[namespace],
    nodes: isEmpty ? [{ kind: 'new', id: `new ${namespace} ${path}`, namespace, cwd: path }] : nodes,
  };
}

function claudeGroup(folders: readonly FolderListing[]): CommandNode | undefined {
  const seen = new Set<string>();
  const nodes: CommandNode[] = [];
  for (const { path, listing } of folders) {
    for (const own of listing.claude.filter(({ file }) => !seen.has(file))) {
      seen.add(own.file);
      nodes.push({ kind: 'claude', id: `claude ${own.kind} ${own.file}`, own, cwd: path });
    }
  }
  return nodes.length === 0 ? undefined : { kind: 'group', id: 'claude', group: 'claude', title: TITLES.claude, nodes };
}
