import type { Frame } from 'playwright-core';
import { waitFor } from '../test/harness/waitFor.ts';

/** Where Node opens its inspector when it is told to by a signal. */
const INSPECTOR = 'http://127.0.0.1:9229';

/** Bytes of JavaScript that live in a Node process, after a garbage collection. */
export async function nodeHeap(pid: number): Promise<number> {
  process.kill(pid, 'SIGUSR1');
  const address = await waitFor('the inspector of the process', async () => {
    const targets = await fetch(`${INSPECTOR}/json/list`)
      .then(answer => answer.json() as Promise<readonly { readonly webSocketDebuggerUrl: string }[]>)
      .catch(() => []);
    return targets[0]?.webSocketDebuggerUrl;
  });
  const inspector = await Inspector.connect(address);
  try {
    const who = await inspector.send<{ result: { value: number } }>('Runtime.evaluate', { expression: 'process.pid' });
    if (who.result.value !== pid) {
      throw new Error(`another process (${who.result.value}) has the inspector: end it and try again`);
    }
    await inspector.send('HeapProfiler.collectGarbage');
    return (await inspector.send<HeapUsage>('Runtime.getHeapUsage')).usedSize;
  } finally {
    inspector.close();
  }
}

/** The same of the page that a frame is in: a webview of a served VS Code shares it with the workbench. */
export async function pageHeap(frame: Frame): Promise<number> {
  const context = frame.page().context();
  const session = await context.newCDPSession(frame).catch(() => context.newCDPSession(frame.page()));
  try {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  } finally {
    await session.detach();
  }
}

interface HeapUsage {
  readonly usedSize: number;
}

class Inspector {
  readonly #socket: WebSocket;
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async connect(address: string): Promise<Inspector> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error('the inspector does not answer')), { once: true });
    });
    return new Inspector(socket);
  }

  send<Answer>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      const listening = new AbortController();
      const hear = ({ data }: MessageEvent): void => {
        const answer = JSON.parse(String(data)) as { id?: number; result?: Answer; error?: { message: string } };
        if (answer.id !== id) {
          return;
        }
        listening.abort();
        if (answer.result === undefined) {
          reject(new Error(answer.error?.message ?? 'no result'));
        } else {
          resolve(answer.result);
        }
      };
      this.#socket.addEventListener('message', hear, { signal: listening.signal });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.#socket.close();
  }
}
