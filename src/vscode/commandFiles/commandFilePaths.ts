import { WORKSPACE_COMMANDS } from '../../core/catalog/commandNames.ts';

/** Whether a path is that of a workspace's command, or looks like one. */
export function isWorkspaceCommand(path: string): boolean {
  const way = path.replaceAll('\\', '/');
  const inside = way.slice(way.lastIndexOf(`/${WORKSPACE_COMMANDS}/`) + WORKSPACE_COMMANDS.length + 2);
  return way.includes(`/${WORKSPACE_COMMANDS}/`) && /^[^/]+\.ya?ml$/i.test(inside);
}
