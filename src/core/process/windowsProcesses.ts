import { win32 } from 'node:path';
import { captureOutput } from './captureOutput.ts';
import { isSameProcess, type ProcessInfo, type ProcessTable } from './processIdentity.ts';
import { sendKill } from './sendKill.ts';

type RunPowerShell = (script: string) => Promise<string>;

/**
 * Windows, by PowerShell. There is no environment to read and no re-parenting: a child keeps the number of its parent,
 * also of a dead one, so a family is found by walking down from its root.
 */
export function windowsProcesses(run: RunPowerShell = runSystemPowerShell): ProcessTable {
  async function list(filter = ''): Promise<ProcessInfo[]> {
    return parseCim(await run(listScript(filter)));
  }
  return {
    list: () => list(),
    identify: async pid => {
      const [found] = await list(` -Filter "ProcessId=${Math.trunc(pid)}"`);
      return found === undefined ? undefined : { pid: found.pid, started: found.started };
    },
    findByMarker: async () => [],
    kill: async identities => {
      const now = new Map((await list()).map(info => [info.pid, info]));
      return identities.filter(identity => {
        const info = now.get(identity.pid);
        return info !== undefined && isSameProcess(info, identity) && sendKill(identity.pid);
      }).length;
    },
  };
}

function listScript(filter: string): string {
  return [
    `Get-CimInstance Win32_Process${filter} -Property ProcessId,ParentProcessId,CreationDate,Name |`,
    "ForEach-Object { $t = '0'; if ($_.CreationDate) { $t = $_.CreationDate.ToFileTimeUtc() };",
    "'{0} {1} {2} {3}' -f $_.ProcessId, $_.ParentProcessId, $t, $_.Name }",
  ].join(' ');
}

/** Reads lines of process number, parent, start (100 ns since 1601) and name. */
export function parseCim(text: string): ProcessInfo[] {
  return text.split(/\r?\n/).flatMap(line => {
    const match = /^\s*(\d+) (\d+) (\d+) (.*?)\s*$/.exec(line);
    if (match === null) {
      return [];
    }
    const [, pid = '', parentPid = '', started = '', name = ''] = match;
    return [{ pid: Number(pid), parentPid: Number(parentPid), started, order: Number(started), name }];
  });
}

/** By its full path: a `powershell.exe` in the working folder must not be what runs. */
function runSystemPowerShell(script: string): Promise<string> {
  const { SystemRoot: systemRoot = 'C:\\Windows' } = process.env;
  const program = win32.join(systemRoot, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  return captureOutput(program, ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded], {});
}

/**
 * Ends a process and all below it in one call: quicker than a listing, and takes children that the next listing would
 * miss. Only for a process that this one started and still holds, since its number cannot have gone to another.
 */
export async function endWindowsTree(pid: number): Promise<void> {
  const { SystemRoot: systemRoot = 'C:\\Windows' } = process.env;
  const program = win32.join(systemRoot, 'System32', 'taskkill.exe');
  // It ends with 128 when the process is already gone, which is what is wanted.
  await captureOutput(program, ['/PID', String(pid), '/T', '/F'], {}).catch(() => undefined);
}
