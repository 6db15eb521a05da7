import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** What set-up installed. A piece that this machine cannot have is missing. */
export interface Toolchain {
  readonly node: string;
  readonly claude?: string;
  /** Version → script. */
  readonly olderClaude?: Readonly<Record<string, string>>;
  readonly vscodeHost?: { readonly node: string; readonly entry: string };
  readonly browser?: string;
  readonly sandbox?: string;
  /** Piece → why the last set-up could not provide it. */
  readonly unavailable: Readonly<Record<string, string>>;
}

/** What is set up, or undefined where set-up never ran. */
export function installedToolchain(): Toolchain | undefined {
  const file = path.join(projectRoot, '.toolchain', 'toolchain.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Toolchain) : undefined;
}

/** @throws Error naming the command that installs what is missing */
export function toolchain(): Toolchain {
  const installed = installedToolchain();
  if (!installed) throw new Error('nothing is set up yet: run npm run setup');
  return installed;
}

/**
 * One piece of the toolchain.
 * @throws Error naming the command that installs it
 */
export function required<Piece extends 'claude' | 'vscodeHost' | 'browser'>(
  piece: Piece,
): NonNullable<Toolchain[Piece]> {
  const found = toolchain()[piece];
  if (found === undefined) throw new Error(`${piece} is not set up: run node scripts/setup.mjs ${piece}`);
  return found;
}
