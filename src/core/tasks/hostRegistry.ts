import type { ProcessMark } from './task.ts';

/** A program that can own tasks: a VS Code window or a command-line program. */
export interface HostRecord {
  readonly id: string;
  readonly surface: string;
  readonly process: ProcessMark;
  readonly machine: string;
  readonly started: number;
  /** When it last said that it lives, in milliseconds since the epoch. */
  readonly seen: number;
  /** Whether it takes tasks from the queue that others put there. */
  readonly takesQueued: boolean;
}

export interface HostRegistry {
  add(host: HostRecord): void;
  renew(id: string, seen: number): void;
  remove(id: string): void;
  list(): readonly HostRecord[];
}
