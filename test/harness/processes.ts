import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** The command line, arguments joined by spaces. */
  readonly command: string;
}

const hasProc = process.platform === 'linux';

/** Every live process; one that is dead and only waits for its parent is not alive. */
export function listProcesses(): ProcessInfo[] {
  return hasProc ? pids().flatMap(pid => readProcess(pid) ?? []) : listWithPs();
}

/** The live processes below `root`, at any depth, without `root`. */
export function descendantsOf(root: number): ProcessInfo[] {
  const all = listProcesses();
  const family = new Set([root]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => pid !== root && family.has(pid));
}

/** The live processes that were started with `name=value` in their environment, however far they have detached. */
export function processesWithEnvironment(name: string, value: string): ProcessInfo[] {
  const entry = `${name}=${value}`;
  if (!hasProc) return listWithPs(['-E']).filter(({ command }) => command.split(' ').includes(entry));
  return listProcesses().filter(({ pid }) => readProc(pid, 'environ').split('\0').includes(entry));
}

/** The live processes whose working folder is `folder` or below it. Linux only; none elsewhere. */
export function processesIn(folder: string): ProcessInfo[] {
  if (!hasProc) return [];
  return listProcesses().filter(({ pid }) => {
    const relative = path.relative(folder, workingFolder(pid) ?? '/');
    return !relative.startsWith('..') && !path.isAbsolute(relative);
  });
}

/** Whether the process lives. */
export function isAlive(pid: number): boolean {
  if (hasProc) return readProcess(pid) !== undefined;
  return listWithPs().some(info => info.pid === pid);
}

/** Kills what is still the process that was seen. */
export function killSeen(seen: readonly ProcessInfo[]): void {
  signalSeen(seen, 'SIGKILL');
}

/** Signals what is still the process that was seen: a reused id has another command line. */
export function signalSeen(seen: readonly ProcessInfo[], signal: NodeJS.Signals): void {
  const now = new Map(listProcesses().map(info => [info.pid, info.command]));
  for (const { pid, command } of seen) {
    if (now.get(pid) !== command) continue;
    try {
      process.kill(pid, signal);
    } catch {
      // It left in the meantime.
    }
  }
}

function pids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function readProcess(pid: number): ProcessInfo | undefined {
  const stat = readProc(pid, 'stat');
  // The name in brackets may hold anything, brackets and spaces included.
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (stat === '' || state === 'Z' || state === 'X') return undefined;
  return { pid, parent: Number(parent), command: readProc(pid, 'cmdline').split('\0').join(' ').trim() };
}

/** Empty when the process is gone or not ours to read. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function listWithPs(options: readonly string[] = []): ProcessInfo[] {
  const table = execFileSync('ps', ['-A', ...options, '-ww', '-o', 'pid=,ppid=,stat=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return table.split('\n').flatMap(line => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined || state?.startsWith('Z')
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
