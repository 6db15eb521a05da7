import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { claudeEnvironment } from './claudeEnvironment.ts';
import { demoCommandsScenario } from './demoCommands.ts';
import { demoScenario } from './demoScenario.ts';
import { listenFailed, portInUse } from './rehearsalError.ts';
import { RehearsalModel, type RequestListener } from './rehearsalModel.ts';
import type { RehearsalRequest } from './rehearsalRequest.ts';
import type { Scenario } from './scenarioModel.ts';

export interface RehearsalOptions {
  /** The rules of several scenarios are tried in their order. Without any, the demo is played. */
  readonly scenario?: Scenario | readonly Scenario[] | undefined;
  /** A free one when absent or 0. */
  readonly port?: number | undefined;
  /** Ends the server when it aborts. */
  readonly signal?: AbortSignal | undefined;
  readonly onRequest?: RequestListener;
}

export interface RehearsalServer {
  /** Such as http://127.0.0.1:41234. */
  readonly address: string;
  /** What to put over the environment of Claude Code, so that it talks to this server and to nothing else. */
  readonly environment: Record<string, string>;
  /** The newest requests, oldest first. */
  readonly requests: readonly RehearsalRequest[];
  /** Closes the port and every connection; resolves when both are closed. */
  dispose(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Clients keep connections open between rounds; tools may run for minutes in between. */
const KEEP_ALIVE_MS = 10 * 60 * 1000;

/** Serves the Messages API on the loopback address. Throws a `RehearsalError` when it cannot listen. */
export async function startRehearsalServer(options: RehearsalOptions = {}): Promise<RehearsalServer> {
  options.signal?.throwIfAborted();
  const scenarios =
    options.scenario === undefined ? [demoCommandsScenario(), demoScenario()] : [options.scenario].flat();
  const model = new RehearsalModel(
    scenarios.flatMap(scenario => scenario.rules),
    options.onRequest,
  );
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, model.handle);
  await listen(server, options.port ?? 0);

  let closed: Promise<void> | undefined;
  const dispose = (): Promise<void> => {
    closed ??= new Promise(resolve => {
      model.end();
      server.close(() => resolve());
      server.closeAllConnections();
      options.signal?.removeEventListener('abort', onAbort);
    });
    return closed;
  };
  const onAbort = (): void => void dispose();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) {
    await dispose();
    options.signal.throwIfAborted();
  }
  const address = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  return { address, environment: claudeEnvironment(address, process.env), requests: model.log.requests, dispose };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      const code = (error as NodeJS.ErrnoException).code;
      reject(code === 'EADDRINUSE' || code === 'EACCES' ? portInUse(port, error) : listenFailed(error));
    });
    try {
      server.listen(port, HOST, () => resolve());
    } catch (error) {
      reject(listenFailed(error));
    }
  });
}
