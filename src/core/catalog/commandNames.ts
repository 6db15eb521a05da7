import type { CommandNamespace } from './command.ts';

/** Where the commands of a workspace are, below its folder. */
export const WORKSPACE_COMMANDS = '.claude-panel/commands';

/** A bare name reaches the first of these that has it. */
export const NAMESPACES = ['project', 'user', 'global'] as const satisfies readonly CommandNamespace[];

/** The full names that a reference can mean, the first one that exists counts. */
export function fullNamesOf(reference: string, from: CommandNamespace): readonly string[] {
  const reachable = NAMESPACES.slice(NAMESPACES.indexOf(from));
  if (!reference.includes(':')) {
    return reachable.map(namespace => `${namespace}:${reference}`);
  }
  const isBuiltInOnly = from === 'global' && !reference.startsWith('global:');
  return isBuiltInOnly ? [] : [reference];
}
