import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The same that the panel tries before it relies on a sandbox, and that both programs are there. */
const PROBE = '--ro-bind / / --dev /dev --unshare-pid --proc /proc --unshare-net --'.split(' ');

/** Why this machine has no sandbox for Claude Code, if it has none. Set-up provides one where it can. */
export function whyNoSandbox(): string | undefined {
  if (process.platform !== 'linux') {
    return existsSync('/usr/bin/sandbox-exec') ? undefined : 'Claude Code has no sandbox for this system.';
  }
  try {
    execFileSync('bwrap', [...PROBE, '/bin/sh', '-c', 'command -v socat'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `bubblewrap with socat does not work on this machine: ${error instanceof Error ? error.message : String(error)}`;
  }
}
