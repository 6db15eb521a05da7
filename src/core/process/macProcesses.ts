import { captureOutput } from './captureOutput.ts';
import { isSameProcess, type ProcessInfo, type ProcessTable } from './processIdentity.ts';
import { sendKill } from './sendKill.ts';

type RunPs = (args: readonly string[]) => Promise<string>;

// Fixed words and zone, so that a start time reads the same whatever the user's settings are.
const PS_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC0', PATH: '/bin:/usr/bin' };
const runSystemPs: RunPs = args => captureOutput('/bin/ps', args, { environment: PS_ENVIRONMENT });

/**
 * macOS, by `ps`. Start times are exact to a second. The system hides the environment of its own programs (`/bin/sh`,
 * `/bin/sleep`), so a marker finds only a part: look at the family before it is ended as well.
 */
export function macProcesses(run: RunPs = runSystemPs): ProcessTable {
  async function list(extra: readonly string[] = []): Promise<ProcessInfo[]> {
    return parsePs(await run([...extra, '-o', 'pid=,ppid=,lstart=,comm=']));
  }
  const listAll = (): Promise<ProcessInfo[]> => list(['-ax']);

  return {
    list: listAll,
    identify: async pid => {
      // `ps` ends with 1 when there is no such process.
      const found = await list(['-p', String(pid)]).catch(() => []);
      const info = found.find(candidate => candidate.pid === pid);
      return info === undefined ? undefined : { pid: info.pid, started: info.started };
    },
    findByMarker: async ({ name, value }) => {
      const [plain, full, all] = await Promise.all([
        run(['-axww', '-o', 'pid=,command=']),
        run(['-axwwE', '-o', 'pid=,command=']),
        listAll(),
      ]);
      const marked = markedPids(plain, full, `${name}=${value}`);
      return all
        .filter(info => marked.has(info.pid) && info.pid !== process.pid)
        .map(({ pid, started }) => ({ pid, started }));
    },
    kill: async identities => {
      const now = new Map((await listAll()).map(info => [info.pid, info]));
      return identities.filter(identity => {
        const info = now.get(identity.pid);
        return info !== undefined && isSameProcess(info, identity) && sendKill(identity.pid);
      }).length;
    },
  };
}

const PS_LINE = /^\s*(\d+)\s+(\d+)\s+(\w{3}\s+\w{3}\s+\d+\s+\d\d:\d\d:\d\d\s+\d{4})\s+(.*)$/;

/** Reads the columns pid, ppid, lstart and comm. Zombies show as `(name)` or `<defunct>`. */
export function parsePs(text: string): ProcessInfo[] {
  return text.split('\n').flatMap(line => {
    const match = PS_LINE.exec(line);
    if (match === null) {
      return [];
    }
    const [, pid = '', parentPid = '', start = '', name = ''] = match;
    if (name === '<defunct>' || name.startsWith('(')) {
      return [];
    }
    const started = start.replace(/\s+/g, ' ');
    return [{ pid: Number(pid), parentPid: Number(parentPid), started, order: Date.parse(`${started} UTC`), name }];
  });
}

/** The environment is what the full listing shows behind the command line of the plain one. */
export function markedPids(plain: string, full: string, wanted: string): ReadonlySet<number> {
  const commands = new Map(byPid(plain));
  return new Set(
    byPid(full).flatMap(([pid, text]) => {
      const command = commands.get(pid);
      const environment = command !== undefined && text.startsWith(command) ? text.slice(command.length) : '';
      return `${environment} `.includes(` ${wanted} `) ? [pid] : [];
    }),
  );
}

function byPid(text: string): [number, string][] {
  return text.split('\n').flatMap(line => {
    const match = /^\s*(\d+) (.*?)\s*$/.exec(line);
    return match === null ? [] : [[Number(match[1]), match[2] ?? ''] as [number, string]];
  });
}
