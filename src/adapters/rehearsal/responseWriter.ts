import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type StreamAction, serverEvent } from './streamActions.ts';

/** Small pieces are joined up to this many characters before they are written. */
const FLUSH_AT = 32 * 1024;
/** In longer pauses the API sends a sign of life this often, in milliseconds. */
const PING_EVERY = 10_000;

/** Carries out the actions of a streamed answer; ends early, without an error, when the signal aborts. */
export async function playActions(
  actions: Iterable<StreamAction>,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  let joined = '';
  const flush = async (): Promise<void> => {
    const data = joined;
    joined = '';
    await write(response, data, signal);
  };
  for (const action of actions) {
    if (signal.aborted) {
      return;
    }
    if (action.do === 'send') {
      if (typeof action.data === 'string') {
        joined += action.data;
        if (joined.length >= FLUSH_AT) {
          await flush();
        }
      } else {
        await flush();
        await write(response, action.data, signal);
      }
      continue;
    }
    await flush();
    switch (action.do) {
      case 'wait':
        await waitWithPings(action.ms, response, signal);
        break;
      case 'hold':
        await untilAborted(signal);
        return;
      case 'cut':
        await cutConnection(response);
        return;
    }
  }
  await flush();
  if (!signal.aborted) {
    response.end();
  }
}

/** Waits; resolves at once when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) {
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}

export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    await once(signal, 'abort');
  }
}

/** A client that sees data and the broken connection at the same time drops the data; milliseconds to read it before. */
const CUT_AFTER = 50;

/** Breaks the connection after what was written has left this process: a comment is written last, and waited for. */
export async function cutConnection(response: ServerResponse): Promise<void> {
  if (response.headersSent) {
    await new Promise<void>(resolve => {
      response.once('close', resolve);
      response.write(': cut\n\n', () => resolve());
    });
    await sleep(CUT_AFTER);
  }
  response.destroy();
}

async function waitWithPings(ms: number, response: ServerResponse, signal: AbortSignal): Promise<void> {
  let left = ms;
  while (left > PING_EVERY && !signal.aborted) {
    await pause(PING_EVERY, signal);
    left -= PING_EVERY;
    await write(response, serverEvent('ping', {}), signal);
  }
  await pause(left, signal);
}

async function write(response: ServerResponse, data: string | Buffer, signal: AbortSignal): Promise<void> {
  if (data.length > 0 && !signal.aborted && !response.write(data)) {
    await once(response, 'drain', { signal }).catch(() => undefined);
  }
}
