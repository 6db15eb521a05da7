import type { HostRecord } from '../core/tasks/hostRegistry.ts';
import type { Surroundings } from './panelServices.ts';

const WINDOWS = '/claude-panel/vscode/';

/** What a program writes into the log as the source of its events. No other program that lives has the same. */
export function logSource(surface: Surroundings['surface'], pid: number): string {
  return surface === 'VS Code window' ? `${WINDOWS}${pid}` : `/claude-panel/cli/${pid}`;
}

/** Whether a VS Code window wrote it. */
export function isWindowSource(source: string): boolean {
  return source.startsWith(WINDOWS);
}

/** Whether no VS Code window that lives was there before this one. */
export function isFirstWindow(hosts: readonly HostRecord[], hostId: string): boolean {
  const windows = hosts.filter(({ surface }) => surface === 'VS Code window');
  const [first] = windows.toSorted((a, b) => a.started - b.started || (a.id < b.id ? -1 : 1));
  return first === undefined || first.id === hostId;
}
