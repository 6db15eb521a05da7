import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/adapters/rehearsal/scenario.ts';
import { scripted, useStage } from './rehearsalStage.ts';

const stage = useStage();

describe('the real Claude Code in a rehearsal', { timeout: 60_000 }, () => {
  it('talks to nothing but the rehearsal model', async () => {
    const reached: string[] = [];
    const proxy = createServer(socket => {
      socket.once('data', data => reached.push(data.toString().split('\r\n')[0] ?? ''));
      socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const proxied = { HTTP_PROXY: address, HTTPS_PROXY: address, http_proxy: address, https_proxy: address };
    const server = await stage.serve();
    const session = stage.claude(server, { environment: proxied });
    const result = await session.ask(scripted('- tool: { name: Bash, input: { command: ls } }\n- text: ok'));
    await session.close();
    proxy.close();
    expect(result.result).toBe('ok');
    expect(reached).toEqual([]);
    expect(server.requests.map(request => request.path)).toEqual(['/v1/messages', '/v1/messages']);
  });

  it('names its session and checks a model without using up a scripted turn', async () => {
    const server = await stage.serve();
    const session = stage.claude(server);
    await session.ask(scripted('- text: one'));
    const named = await session.control({
      subtype: 'generate_session_title',
      description: 'add a health endpoint',
      persist: false,
    });
    expect(named.response).toEqual({ title: 'Add a health endpoint' });
    const changed = await session.control({ subtype: 'set_model', model: 'claude-test-1' });
    expect(changed.response).toEqual({ model: 'claude-test-1' });
    const result = await session.ask(
      scripted('- tool: { name: Bash, input: { command: ls } }\n- text: "two by {{model}}"'),
    );
    expect(result.result).toBe('two by claude-test-1');
    const sides = server.requests.map(request => request.message?.sideRequest).filter(kind => kind !== undefined);
    expect(sides).toEqual(['structured', 'check']);
  });

  it('compacts its conversation and follows the next script', async () => {
    const server = await stage.serve();
    const session = stage.claude(server);
    await session.ask(scripted('- tool: { name: Bash, input: { command: ls } }\n- text: one'));
    await session.ask('/compact');
    expect(session.lines.some(line => line.compact_result === 'success')).toBe(true);
    expect((await session.ask(scripted('- text: after it'))).result).toBe('after it');
    expect(server.requests.filter(request => request.message?.sideRequest === 'summary')).toHaveLength(1);
  });

  it('can refuse an unknown model by a rule', async () => {
    const scenario = parseScenario(
      'rules:\n  - match: { model: sonnet }\n    reply: [{ error: { status: 404, message: "model: unknown" } }]\n',
    );
    const result = await stage.claude(await stage.serve({ scenario })).ask('hello');
    expect(result).toMatchObject({ is_error: true, terminal_reason: 'api_error', api_error_status: 404 });
  });
});
