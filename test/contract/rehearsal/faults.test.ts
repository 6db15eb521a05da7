import { describe, expect, it } from 'vitest';
import { scripted, useStage } from './rehearsalStage.ts';

const stage = useStage();

describe('the real Claude Code when the model fails', { timeout: 60_000 }, () => {
  it('ends at once on a bad key when it must not try again', async () => {
    const server = await stage.serve();
    const session = stage.claude(server, { environment: { CLAUDE_CODE_MAX_RETRIES: '0' } });
    const result = await session.ask(scripted('- error: 401'));
    expect(result).toMatchObject({
      subtype: 'success',
      is_error: true,
      terminal_reason: 'api_error',
      api_error_status: 401,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('ends at once on a bad key when the answer says not to try again', async () => {
    const server = await stage.serve();
    const result = await stage.claude(server).ask(scripted('- error: { status: 401, retry: false }'));
    expect(result.api_error_status).toBe(401);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['429, after the time that it was told', 429, 'retryAfter: 1'],
    ['529', 529, 'message: Overloaded'],
  ])('tries again after a %s', async (_name, status, more) => {
    const session = stage.claude(await stage.serve());
    const result = await session.ask(scripted(`- error: { status: ${status}, ${more}, times: 1 }\n- text: At last.`));
    expect(result).toMatchObject({ is_error: false, result: 'At last.' });
    expect(session.lines.filter(line => line.subtype === 'api_retry')).toMatchObject([
      { error_status: status, attempt: 1 },
    ]);
  });

  it('takes the fallback model when its own is overloaded', async () => {
    const session = stage.claude(await stage.serve(), { flags: ['--fallback-model', 'haiku'] });
    const result = await session.ask(scripted('- error: { status: 529, times: 3 }\n- text: "from {{model}}"'));
    expect(session.lines.some(line => line.subtype === 'model_fallback')).toBe(true);
    expect(result.result).toContain('haiku');
  });

  it('asks again when the stream is cut before a block is whole', async () => {
    const server = await stage.serve();
    const session = stage.claude(server);
    const result = await session.ask(scripted('- - { text: One two three four five., chunk: 4 }\n  - cut: 3'));
    expect(result).toMatchObject({ is_error: false, result: 'One two three four five.' });
    expect(session.deltas('text')).toBe('One two threOne two three four five.');
    expect(server.requests.map(request => request.message?.fault)).toEqual(['cut', undefined]);
  });

  it('goes on with the next round when the stream is cut after a whole block', async () => {
    const session = stage.claude(await stage.serve());
    const result = await session.ask(
      scripted('- - text: First.\n  - { text: Second half lost, chunk: 4 }\n  - cut: 2\n- text: The rest.'),
    );
    expect(result).toMatchObject({ is_error: false, result: 'The rest.' });
  });

  it.each([
    ['an error event in the stream', '- error: { status: 529, after: 1, times: 1 }'],
    ['an event that is no JSON', '- malformed: 1'],
  ])('recovers from %s', async (_name, fault) => {
    const session = stage.claude(await stage.serve());
    const result = await session.ask(
      scripted(`- - { text: One two three., chunk: 4 }\n  ${fault}\n- text: never asked for`),
    );
    expect(result).toMatchObject({ is_error: false, result: 'One two three.' });
  });

  it('says what a web page in place of an answer means', async () => {
    const result = await stage.claude(await stage.serve()).ask(scripted('- html: true'));
    expect(result).toMatchObject({ is_error: true, terminal_reason: 'api_error' });
  });

  it('goes on after a refusal and after a full answer, each as its own round', async () => {
    const server = await stage.serve();
    const refused = await stage.claude(server).ask(scripted('- refusal: I will not.\n- text: But this I can.'));
    expect(refused.result).toBe('But this I can.');
    const full = await stage
      .claude(server)
      .ask(scripted('- - text: The first half\n  - maxTokens: true\n- text: and the second.'));
    expect(full.result).toBe('and the second.');
  });

  it.each([
    ['keeps silent', '- silence: true', (line: { subtype?: string }) => line.subtype === 'status'],
    [
      'stalls in the middle of its answer',
      '- - { text: One two three., chunk: 4 }\n  - stall: 2',
      (line: { event?: { delta?: { text?: string } } }) => line.event?.delta?.text === 'two ',
    ],
  ])('can be interrupted while the model %s', async (_name, script, hasBegun) => {
    const server = await stage.serve();
    const session = stage.claude(server);
    const begun = session.next(hasBegun);
    const result = session.ask(scripted(script));
    await begun;
    await session.control({ subtype: 'interrupt' });
    expect(await result).toMatchObject({ is_error: true, terminal_reason: 'aborted_streaming' });
    expect((await session.ask(scripted('- text: Here again.'))).result).toBe('Here again.');
  });
});
