import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import {
  type EnvironmentMarker,
  isSameProcess,
  type ProcessIdentity,
  type ProcessInfo,
  type ProcessTable,
} from './processIdentity.ts';
import { sendKill } from './sendKill.ts';

const BATCH = 64;
/** An exec is over in well under a millisecond, unless the machine is very busy. */
const EXEC_LOOKS = 3;
const EXEC_PAUSE_MS = 2;

/** Linux, from `/proc`: exact to a clock tick, and no program has to be started. */
export function linuxProcesses(root = '/proc'): ProcessTable {
  const boot = readBoot(root);

  const parse = (text: string): ProcessInfo | undefined => parseStat(text, boot);

  async function allPids(): Promise<readonly string[]> {
    const names = await readdir(root);
    return names.filter(name => /^\d+$/.test(name));
  }

  async function read<T>(use: (pid: string) => Promise<T | undefined>): Promise<T[]> {
    const pids = await allPids();
    const found: T[] = [];
    for (let start = 0; start < pids.length; start += BATCH) {
      const batch = await Promise.all(pids.slice(start, start + BATCH).map(use));
      found.push(...batch.filter(item => item !== undefined));
    }
    return found;
  }

  // A process may end, or belong to somebody else, between the listing and the reading.
  async function statOf(pid: string): Promise<ProcessInfo | undefined> {
    try {
      return parse(await readFile(`${root}/${pid}/stat`, 'latin1'));
    } catch {
      return undefined;
    }
  }

  /** Empty while the process is changing its program, and for good with what belongs to the kernel. */
  async function environmentOf(pid: string): Promise<Buffer> {
    for (let looks = 1; ; looks++) {
      const environment = await readFile(`${root}/${pid}/environ`);
      if (environment.length > 0 || looks === EXEC_LOOKS) {
        return environment;
      }
      await new Promise(resolve => setTimeout(resolve, EXEC_PAUSE_MS));
    }
  }

  async function carries(pid: string, wanted: Buffer): Promise<boolean> {
    try {
      const environment = await environmentOf(pid);
      return Buffer.concat([Buffer.of(0), environment, Buffer.of(0)]).includes(wanted);
    } catch {
      return false;
    }
  }

  function identifyNow(pid: number): ProcessIdentity | undefined {
    try {
      return parse(readFileSync(`${root}/${pid}/stat`, 'latin1'));
    } catch {
      return undefined;
    }
  }

  return {
    list: () => read(statOf),
    identify: async pid => {
      const found = await statOf(String(pid));
      return found === undefined ? undefined : { pid: found.pid, started: found.started };
    },
    findByMarker: async ({ name, value }: EnvironmentMarker) => {
      const wanted = Buffer.from(`\0${name}=${value}\0`);
      const own = String(process.pid);
      return read(async pid => {
        if (pid === own || !(await carries(pid, wanted))) {
          return undefined;
        }
        const found = await statOf(pid);
        return found === undefined ? undefined : { pid: found.pid, started: found.started };
      });
    },
    // Read and signalled without a pause in between: the number cannot go to another process meanwhile.
    kill: async identities =>
      identities.filter(identity => {
        const now = identifyNow(identity.pid);
        return now !== undefined && isSameProcess(now, identity) && sendKill(identity.pid);
      }).length,
  };
}

/** The second field is the program's name in brackets, and may itself hold brackets and spaces. */
export function parseStat(text: string, boot: string): ProcessInfo | undefined {
  const nameEnd = text.lastIndexOf(')');
  const nameStart = text.indexOf('(');
  if (nameStart < 0 || nameEnd < nameStart) {
    return undefined;
  }
  const fields = text.slice(nameEnd + 2).split(' ');
  const state = fields[0];
  const pid = Number(text.slice(0, nameStart).trim());
  const parentPid = Number(fields[1]);
  const ticks = Number(fields[19]);
  if (state === 'Z' || state === 'X' || !Number.isInteger(pid) || !Number.isInteger(ticks)) {
    return undefined;
  }
  return { pid, parentPid, started: `${boot}.${ticks}`, order: ticks, name: text.slice(nameStart + 1, nameEnd) };
}

/** Ticks count from the start of the machine, so the start itself belongs to the fingerprint. */
function readBoot(root: string): string {
  try {
    return readFileSync(`${root}/sys/kernel/random/boot_id`, 'latin1').trim().slice(0, 8);
  } catch {
    return 'boot';
  }
}
