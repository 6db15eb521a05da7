import type { PermissionMode } from './launchProfile.ts';
import { modeWords } from './modeWords.ts';
import { ruleBreadth } from './toolRules.ts';

/** What the user's own settings reveal: no file of a workspace gets past it. */
export interface Revealed {
  readonly acceptEdits: boolean;
  readonly auto: boolean;
}

interface Wish {
  readonly permissionMode: PermissionMode;
  readonly allowedTools: readonly string[];
}

interface Lowered extends Wish {
  /** What was asked for and not given, in words. */
  readonly notes: readonly string[];
}

/** What starts from a profile that asks for everything keeps asking for everything. */
export function askingForAll(wish: Wish): Lowered {
  const why = 'The profile it extends asks for everything.';
  const wantsMore = wish.permissionMode === 'acceptEdits' || wish.permissionMode === 'auto';
  return {
    permissionMode: wantsMore ? 'default' : wish.permissionMode,
    allowedTools: [],
    notes: [...(wantsMore ? [wish.permissionMode] : []), ...wish.allowedTools].map(
      part => `Not granted: ${part}. ${why}`,
    ),
  };
}

/** Lowers what a workspace file wishes to what the user's settings reveal. Lowering twice changes nothing more. */
export function underCeiling(wish: Wish, revealed: Revealed): Lowered {
  const notes: string[] = [];
  const wantsMore =
    (wish.permissionMode === 'acceptEdits' && !revealed.acceptEdits) ||
    (wish.permissionMode === 'auto' && !revealed.auto);
  if (wantsMore) {
    notes.push(
      `Not granted: "${modeWords(wish.permissionMode).title}" (${wish.permissionMode}). Your settings do not reveal this mode, so it asks before changes.`,
    );
  }
  const allowedTools = wish.allowedTools.filter(rule => {
    const breadth = ruleBreadth(rule);
    if (breadth === 'commands' && !revealed.auto) {
      notes.push(`Not granted: ${rule}. It would let any command run, and your settings do not reveal the mode auto.`);
      return false;
    }
    if (breadth === 'edits' && !revealed.acceptEdits && !revealed.auto) {
      notes.push(
        `Not granted: ${rule}. It would let any file be changed, and your settings do not reveal the mode acceptEdits.`,
      );
      return false;
    }
    return true;
  });
  return { permissionMode: wantsMore ? 'default' : wish.permissionMode, allowedTools, notes };
}
