import { linuxProcesses } from './linuxProcesses.ts';
import { macProcesses } from './macProcesses.ts';
import {
  type EnvironmentMarker,
  isSameProcess,
  type ProcessIdentity,
  type ProcessInfo,
  type ProcessTable,
} from './processIdentity.ts';
import { windowsProcesses } from './windowsProcesses.ts';

/** The process table of the machine that this runs on. */
export function systemProcesses(platform: NodeJS.Platform = process.platform): ProcessTable {
  if (platform === 'win32') {
    return windowsProcesses();
  }
  return platform === 'darwin' ? macProcesses() : linuxProcesses();
}

/**
 * All below the roots, found by parent numbers. A root that has ended still has children where the operating system
 * keeps the number of a dead parent (Windows). A child older than its parent is a stranger with a re-used number.
 */
export function descendantsOf(all: readonly ProcessInfo[], roots: readonly ProcessIdentity[]): readonly ProcessInfo[] {
  const children = new Map<number, ProcessInfo[]>();
  for (const info of all) {
    const siblings = children.get(info.parentPid);
    if (siblings === undefined) {
      children.set(info.parentPid, [info]);
    } else {
      siblings.push(info);
    }
  }
  const found = new Map<number, ProcessInfo>();
  const known = new Map(all.map(info => [info.pid, info]));
  const open = roots.flatMap(root => {
    const now = known.get(root.pid);
    return now !== undefined && !isSameProcess(now, root)
      ? []
      : [{ pid: root.pid, order: now?.order ?? startOf(root) }];
  });
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    for (const child of children.get(parent.pid) ?? []) {
      const isStranger = child.order < parent.order;
      if (!isStranger && child.pid !== child.parentPid && !found.has(child.pid)) {
        found.set(child.pid, child);
        open.push({ pid: child.pid, order: child.order });
      }
    }
  }
  return [...found.values()];
}

/** Windows gives starts as plain numbers, so a dead root still tells how old its children can be at most. */
function startOf(identity: ProcessIdentity): number {
  const order = Number(identity.started);
  return Number.isFinite(order) ? order : Number.NEGATIVE_INFINITY;
}

/**
 * One process and all that it has started, remembered: a child that was seen once is found again after its parents
 * have ended and it hangs below another process.
 */
export class ProcessFamily {
  readonly #table: ProcessTable;
  readonly #marker: EnvironmentMarker | undefined;
  readonly #members = new Map<string, ProcessIdentity>();

  constructor(table: ProcessTable, root: ProcessIdentity | undefined, marker?: EnvironmentMarker) {
    this.#table = table;
    this.#marker = marker;
    if (root !== undefined) {
      this.#remember([root]);
    }
  }

  /** Those that run now: found by descent, by an earlier look and by the marker. */
  async look(): Promise<readonly ProcessIdentity[]> {
    const [all, marked] = await Promise.all([
      this.#table.list(),
      this.#marker === undefined ? [] : this.#table.findByMarker(this.#marker),
    ]);
    this.#remember(marked);
    this.#remember(descendantsOf(all, [...this.#members.values()]));
    const alive = new Map(all.map(info => [info.pid, info]));
    return [...this.#members.values()].filter(member => {
      const now = alive.get(member.pid);
      return now !== undefined && isSameProcess(now, member) && now.pid !== process.pid;
    });
  }

  #remember(identities: readonly ProcessIdentity[]): void {
    for (const { pid, started } of identities) {
      this.#members.set(`${pid} ${started}`, { pid, started });
    }
  }
}

interface SweepResult {
  /** Signals sent; a process that would not go at once is counted again. */
  readonly killed: number;
  readonly left: readonly ProcessIdentity[];
}

/**
 * Ends a whole family, and looks again until nothing of it is left: a process that forks while it is being ended
 * leaves a new one behind.
 */
export async function sweep(
  family: ProcessFamily,
  table: ProcessTable,
  options: { rounds?: number; pause?: (round: number) => Promise<void> } = {},
): Promise<SweepResult> {
  const { rounds = 8, pause = shortPause } = options;
  let killed = 0;
  let left = await family.look();
  for (let round = 0; round < rounds && left.length > 0; round++) {
    killed += await table.kill(left);
    await pause(round);
    left = await family.look();
  }
  return { killed, left };
}

function shortPause(round: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, 10 * 2 ** Math.min(round, 5));
  });
}
