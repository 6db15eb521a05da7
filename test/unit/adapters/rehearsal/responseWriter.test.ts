import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { playActions } from '../../../../src/adapters/rehearsal/responseWriter.ts';
import type { StreamAction } from '../../../../src/adapters/rehearsal/streamActions.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A response to write to, and what its reader holds. */
async function openResponse(): Promise<{ response: ServerResponse; reader: Promise<IncomingMessage> }> {
  const responses = new Promise<ServerResponse>(resolve => {
    server = createServer((_request, response) => {
      response.flushHeaders();
      resolve(response);
    }).listen(0, '127.0.0.1');
  });
  await once(server as Server, 'listening');
  const asking = get({ port: ((server as Server).address() as AddressInfo).port, host: '127.0.0.1' });
  asking.on('error', () => undefined);
  const reader = once(asking, 'response').then(([message]) => message as IncomingMessage);
  return { response: await responses, reader };
}

const PIECE = Buffer.alloc(64 * 1024, 'x');
const PIECES = 600;

describe('the writer of a response', () => {
  it('makes no more than the reader takes', async () => {
    const { response, reader } = await openResponse();
    let made = 0;
    function* pieces(): Generator<StreamAction> {
      for (; made < PIECES; made += 1) {
        yield { do: 'send', data: PIECE };
      }
    }
    const playing = playActions(pieces(), response, new AbortController().signal);
    const message = await reader;
    await vi.waitFor(() => expect(response.writableNeedDrain).toBe(true));
    expect(made).toBeLessThan(PIECES);
    const received = await buffer(message);
    await playing;
    expect(received.length).toBe(PIECES * PIECE.length);
  });

  it('keeps the order of text and bytes', async () => {
    const { response, reader } = await openResponse();
    const actions: StreamAction[] = ['a', Buffer.from('b'), 'c', 'd'].map(data => ({ do: 'send', data }));
    await playActions(
      [...actions, { do: 'wait', ms: 1 }, { do: 'send', data: 'e' }],
      response,
      new AbortController().signal,
    );
    expect((await buffer(await reader)).toString()).toBe('abcde');
  });

  it.each([
    ['a wait', { do: 'wait', ms: 60_000 }],
    ['a stall', { do: 'hold' }],
  ] as const)('leaves %s when the signal aborts', async (_name, action) => {
    const { response } = await openResponse();
    const controller = new AbortController();
    const playing = playActions(
      [{ do: 'send', data: 'a' }, action, { do: 'send', data: 'b' }],
      response,
      controller.signal,
    );
    controller.abort();
    await playing;
    expect(response.writableEnded).toBe(false);
  });
});
