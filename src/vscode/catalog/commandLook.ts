import type { CatalogCommand, ClaudeOwnCommand } from '../../core/catalog/command.ts';
import { GOD_MODE } from '../contributions/builtInCommands.ts';

/** The codicon of a command: its own, or one that says what it is. */
export function commandIcon({ icon, body }: CatalogCommand): string {
  if (icon !== undefined) {
    return icon;
  }
  switch (body.kind) {
    case 'prompt':
      return 'comment';
    case 'action':
      return 'tools';
    case 'steps':
      return 'list-tree';
  }
}

export const OWN_ICONS: Readonly<Record<ClaudeOwnCommand['kind'], string>> = {
  slashCommand: 'terminal',
  skill: 'mortar-board',
  agent: 'robot',
};

/** How a bare name is to be understood: which other command it reaches instead. */
export function shadowText({ shadowedBy, fullName }: CatalogCommand): string {
  return shadowedBy === undefined ? '' : `shadowed by ${shadowedBy}: run it as ${fullName}`;
}

/** God mode is in the lists only of those who revealed it in their own settings. */
export function isOffered(
  { namespace, name }: CatalogCommand,
  { revealGodMode }: { readonly revealGodMode: boolean },
): boolean {
  return namespace !== 'global' || name !== GOD_MODE || revealGodMode;
}
