import { once } from 'node:events';
import { Agent, get, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { RehearsalRequest } from '../../../../src/adapters/rehearsal/rehearsalRequest.ts';
import {
  type RehearsalOptions,
  type RehearsalServer,
  startRehearsalServer,
} from '../../../../src/adapters/rehearsal/rehearsalServer.ts';
import { parseScenario } from '../../../../src/adapters/rehearsal/scenario.ts';
import type { JsonObject } from '../../../../src/base/json.ts';
import { bodyOf, person, toolRound } from './requestSamples.ts';

const servers: RehearsalServer[] = [];

async function start(options: RehearsalOptions = {}): Promise<RehearsalServer> {
  const server = await startRehearsalServer(options);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.dispose()));
});

function post(server: RehearsalServer, body: JsonObject, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.address}/v1/messages?beta=true`, { method: 'POST', headers, body: JSON.stringify(body) });
}

function scripted(script: string, more: JsonObject = {}): JsonObject {
  return bodyOf([person(`Go.\n\`\`\`rehearse\n${script}\n\`\`\``)], more);
}

const whole: JsonObject = { stream: false };

describe('the rehearsal server', () => {
  it('listens on the loopback address only, on the port that it tells', async () => {
    const server = await start();
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.environment['ANTHROPIC_BASE_URL']).toBe(server.address);
  });

  it('streams the answer of the first rule that matches', async () => {
    const server = await start({ scenario: parseScenario('rules:\n  - reply: [Hello there.]\n') });
    const response = await post(server, bodyOf([person('hi')]));
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const stream = await response.text();
    expect(stream).toContain('"text":"Hello there."');
    expect(stream.trimEnd().endsWith('data: {"type":"message_stop"}')).toBe(true);
  });

  it('answers in one piece when no stream is asked for', async () => {
    const server = await start();
    const body = scripted('- - thinking: hm\n  - tool: { name: Bash, input: { command: "{{cwd}}" } }', {
      ...whole,
      system: 'Primary working directory: /home/ann',
      model: 'any-model',
    });
    expect(await (await post(server, body)).json()).toMatchObject({
      type: 'message',
      role: 'assistant',
      model: 'any-model',
      stop_reason: 'tool_use',
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'tool_use', name: 'Bash', input: { command: '/home/ann' } },
      ],
    });
  });

  it('tries the rules of several scenarios in their order', async () => {
    const first = parseScenario('rules:\n  - match: { prompt: special }\n    reply: [first]\n');
    const server = await start({ scenario: [first, parseScenario('rules:\n  - reply: [second]\n')] });
    expect(await (await post(server, bodyOf([person('special')], whole))).text()).toContain('"first"');
    expect(await (await post(server, bodyOf([person('other')], whole))).text()).toContain('"second"');
  });

  it('says so when no rule matches, and ends when a rule has no rounds left', async () => {
    const server = await start({ scenario: parseScenario('rules:\n  - match: { prompt: a }\n    reply: [one]\n') });
    expect(await (await post(server, bodyOf([person('b')], whole))).text()).toContain(
      'No rule of the rehearsal scenario',
    );
    const second = bodyOf([person('a'), ...toolRound('Bash', {}, 'ok')], whole);
    expect(await (await post(server, second)).json()).toMatchObject({
      content: [{ text: 'Done.' }],
      stop_reason: 'end_turn',
    });
  });

  it('counts tokens, lists models and answers at its root', async () => {
    const server = await start();
    const body = JSON.stringify(bodyOf([person('x'.repeat(4000))]));
    const count = await fetch(`${server.address}/v1/messages/count_tokens`, { method: 'POST', body });
    expect(((await count.json()) as { input_tokens: number }).input_tokens).toBe(Math.ceil(body.length / 4));
    expect(await (await fetch(`${server.address}/v1/models`)).json()).toMatchObject({
      data: [{ type: 'model' }, {}, {}],
    });
    expect((await fetch(server.address)).status).toBe(200);
    const head = await fetch(server.address, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it.each([
    ['GET', '/v1/unknown', undefined, 404, 'not_found_error'],
    ['GET', '/v1/messages', undefined, 404, 'not_found_error'],
    ['POST', '/v1/messages', 'no json', 400, 'invalid_request_error'],
    ['POST', '/v1/messages', '{"messages":"none"}', 400, 'invalid_request_error'],
  ])('refuses %s %s with an error of the API', async (method, path, body, status, type) => {
    const server = await start();
    const response = await fetch(`${server.address}${path}`, { method, ...(body === undefined ? {} : { body }) });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ type: 'error', error: { type } });
  });

  it('refuses a script in a prompt that cannot be read, with its place', async () => {
    const response = await post(await start(), scripted('- txt: a'));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('rehearse block:1:3');
  });

  it('keeps connections open for the next round', async () => {
    const server = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (const _ of [1, 2, 3]) {
      const [response] = (await once(get(server.address, { agent }), 'response')) as [IncomingMessage];
      ports.add(response.socket.localPort);
      await readText(response);
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  it('says clearly that a port is taken', async () => {
    const port = Number(new URL((await start()).address).port);
    await expect(start({ port })).rejects.toMatchObject({ family: 'rehearsal', reason: 'portInUse' });
    await expect(start({ port: 99_999 })).rejects.toMatchObject({ family: 'rehearsal', reason: 'listenFailed' });
  });
});

describe('a fault', () => {
  it('comes with the status and headers of the API, as often as asked, and then no more', async () => {
    const server = await start();
    const body = scripted('- error: { status: 429, retryAfter: 2, retry: true, times: 2 }\n- text: fine', whole);
    const first = await post(server, body);
    expect(first.status).toBe(429);
    expect(first.headers.get('retry-after')).toBe('2');
    expect(first.headers.get('x-should-retry')).toBe('true');
    expect(await first.json()).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } });
    expect((await post(server, body)).status).toBe(429);
    expect(await (await post(server, body)).json()).toMatchObject({ content: [{ text: 'fine' }] });
  });

  it('is counted for each session by itself', async () => {
    const server = await start();
    const body = (session: string): JsonObject =>
      scripted('- error: { status: 529, times: 1 }\n- text: fine', {
        ...whole,
        metadata: { user_id: `{"session_id":"${session}"}` },
      });
    const statuses = [];
    for (const session of ['a', 'b', 'a', 'b']) {
      statuses.push((await post(server, body(session))).status);
    }
    expect(statuses).toEqual([529, 529, 200, 200]);
  });

  it('can break the connection in the middle of the stream', async () => {
    const server = await start();
    const body = scripted('- - { text: abcdef, chunk: 2 }\n  - cut: 2');
    const response = await post(server, body);
    const decoder = new TextDecoder();
    let received = '';
    const reading = (async () => {
      for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
        received += decoder.decode(part, { stream: true });
      }
    })();
    await expect(reading).rejects.toThrow();
    expect(received).toContain('"cd"');
    expect(received).not.toContain('"ef"');
    expect(await (await post(server, body)).text()).toContain('message_stop');
  });

  it('can be a web page in place of an answer', async () => {
    const response = await post(await start(), scripted('- html: true'));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
  });

  it('can be headers that a proxy or the API adds', async () => {
    const response = await post(await start(), scripted('- - text: a\n  - headers: { x-limit: soon }'));
    expect(response.headers.get('x-limit')).toBe('soon');
    await response.text();
  });
});

describe('the log of requests', () => {
  it('tells who asked what, and which rule answered', async () => {
    const bodies: unknown[] = [];
    const scenario = parseScenario('rules:\n  - { name: greeting, reply: [hi] }\n');
    const server = await start({ scenario, onRequest: (_request, body) => bodies.push(body) });
    const body = bodyOf([person('hello'), ...toolRound('Bash', {}, 'ok')], {
      metadata: { user_id: '{"session_id":"s1"}' },
    });
    await (await post(server, body, { 'x-claude-code-agent-id': 'a1' })).text();
    expect(server.requests).toMatchObject([
      {
        sequence: 1,
        method: 'POST',
        path: '/v1/messages',
        status: 200,
        message: { prompt: 'hello', turn: 2, sessionId: 's1', agent: 'sub', agentId: 'a1', answeredBy: 'greeting' },
      },
    ]);
    expect(bodies).toEqual([body]);
  });

  it('keeps the newest thousand', async () => {
    const server = await start();
    const agent = new Agent({ keepAlive: true });
    for (let number = 0; number < 1005; number += 1) {
      const [response] = (await once(get(server.address, { agent }), 'response')) as [IncomingMessage];
      await readText(response);
    }
    agent.destroy();
    expect(server.requests).toHaveLength(1000);
    expect(server.requests[0]?.sequence).toBe(6);
  });
});

describe('the end of the server', () => {
  it('closes connections that are kept waiting, and the port', async () => {
    let heard: (request: RehearsalRequest) => void = () => undefined;
    const asked = new Promise<RehearsalRequest>(resolve => {
      heard = resolve;
    });
    const server = await start({ onRequest: request => heard(request) });
    const answer = post(server, scripted('- silence: true'));
    expect((await asked).status).toBeUndefined();
    await Promise.all([expect(answer).rejects.toThrow(), server.dispose()]);
    await expect(fetch(server.address)).rejects.toThrow();
  });

  it('closes a stalled stream and idle connections', async () => {
    const server = await start();
    const idle = connect(Number(new URL(server.address).port), '127.0.0.1');
    await once(idle, 'connect');
    const response = await post(server, scripted('- - { text: abcd, chunk: 2 }\n  - stall: 1'));
    const idleEnd = once(idle, 'close');
    await Promise.all([expect(response.text()).rejects.toThrow(), server.dispose(), idleEnd]);
  });

  it('comes with the signal, and can be asked for twice', async () => {
    const controller = new AbortController();
    const server = await start({ signal: controller.signal });
    controller.abort();
    await Promise.all([server.dispose(), server.dispose()]);
    await expect(fetch(server.address)).rejects.toThrow();
    await expect(start({ signal: controller.signal })).rejects.toThrow();
  });

  it('does not follow when a client goes away in the middle of an answer', async () => {
    const server = await start();
    const body = JSON.stringify(scripted('- - { text: abcd, chunk: 2 }\n  - stall: 1'));
    const asking = httpRequest(`${server.address}/v1/messages`, { method: 'POST' });
    asking.on('error', () => undefined);
    asking.end(body);
    await once(asking, 'response');
    asking.destroy();
    expect((await fetch(server.address)).status).toBe(200);
  });
});
