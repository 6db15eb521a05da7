import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SANDBOX_PROBE } from '../../src/app/machineLook.ts';
import { installedToolchain } from './toolchain.ts';

/**
 * Why this machine has no sandbox for Claude Code, if it has none. Set-up provides one where it can.
 * @throws Error when that one does not work: no test may be skipped for it
 */
export function whyNoSandbox(): string | undefined {
  const why = whatIsMissing();
  const installed = installedToolchain()?.sandbox;
  if (why !== undefined && installed !== undefined) {
    throw new Error(`Set-up found a sandbox, ${installed}, but now: ${why}`);
  }
  return why;
}

function whatIsMissing(): string | undefined {
  if (process.platform !== 'linux') {
    return existsSync('/usr/bin/sandbox-exec') ? undefined : 'Claude Code has no sandbox for this system.';
  }
  try {
    execFileSync('bwrap', SANDBOX_PROBE, { stdio: 'pipe' });
    execFileSync('socat', ['-V'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `bubblewrap with socat does not work on this machine: ${error instanceof Error ? error.message : String(error)}`;
  }
}
