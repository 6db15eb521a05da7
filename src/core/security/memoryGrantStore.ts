import type { Grant, GrantStore } from './grantStore.ts';

export class MemoryGrantStore implements GrantStore {
  readonly #grants = new Map<string, Grant>();

  isGranted(fingerprint: string): boolean {
    return this.#grants.has(fingerprint);
  }

  grant(grant: Grant): void {
    if (!this.#grants.has(grant.fingerprint)) {
      this.#grants.set(grant.fingerprint, grant);
    }
  }

  list(): readonly Grant[] {
    return [...this.#grants.values()].reverse().sort((one, other) => other.at - one.at);
  }

  revoke(fingerprint: string): void {
    this.#grants.delete(fingerprint);
  }
}
