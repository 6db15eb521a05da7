import type { HostRecord, HostRegistry } from './hostRegistry.ts';

export class MemoryHostRegistry implements HostRegistry {
  readonly #hosts = new Map<string, HostRecord>();

  add(host: HostRecord): void {
    this.#hosts.set(host.id, host);
  }

  renew(id: string, seen: number): void {
    const host = this.#hosts.get(id);
    if (host !== undefined) {
      this.#hosts.set(id, { ...host, seen });
    }
  }

  remove(id: string): void {
    this.#hosts.delete(id);
  }

  list(): readonly HostRecord[] {
    return [...this.#hosts.values()].sort((one, other) => one.started - other.started);
  }
}
