import path from 'node:path';
import type { RehearsalServer } from '../adapters/rehearsal/rehearsalServer.ts';

/** The rehearsal model of this process: started when the first task needs it, kept until the end. */
export class RehearsalModel {
  readonly #home: string;
  #server: Promise<RehearsalServer> | undefined;
  #address: string | undefined;

  /** @param home the panel's folder of the user: Claude Code obeys what it finds in its own, so no repository may bring it */
  constructor(home: string) {
    this.#home = home;
  }

  get address(): string | undefined {
    return this.#address;
  }

  /** What to put over the environment of Claude Code. Its sessions are kept apart from those of the user's account. */
  async environment(): Promise<Record<string, string>> {
    this.#server ??= this.#start();
    const { environment } = await this.#server;
    return { ...environment, CLAUDE_CONFIG_DIR: path.join(this.#home, 'rehearsal') };
  }

  async dispose(): Promise<void> {
    const server = await this.#server?.catch(() => undefined);
    await server?.dispose();
  }

  async #start(): Promise<RehearsalServer> {
    // Loaded on demand: most people have an account.
    const { startRehearsalServer } = await import('../adapters/rehearsal/rehearsalServer.ts');
    const server = await startRehearsalServer();
    this.#address = server.address;
    return server;
  }
}
