import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/base/ids.ts';
import { ClaudeError } from '../../../src/core/claude/claudeErrors.ts';
import { errorOfExit } from '../../../src/core/claude/claudeExit.ts';
import { type RealOptions, scripted, useRealClaude } from './realSession.ts';

const real = useRealClaude();
const AT_ONCE = { CLAUDE_CODE_MAX_RETRIES: '0' };

async function failureOf(prompt: string, options: RealOptions = {}) {
  const observed = real.session(options);
  await observed.session.start();
  observed.session.send(prompt, newUuid());
  const { outcome } = await observed.until('turnEnded');
  expect(outcome.kind).toBe('failed');
  const failure = outcome.kind === 'failed' ? outcome.failure : undefined;
  expect(failure?.remedy).toBeTruthy();
  return { observed, reason: failure?.reason, status: outcome.kind === 'failed' ? outcome.status : undefined };
}

describe('failures of the real Claude Code', { timeout: 60_000 }, () => {
  it('says that nobody is logged in, before and at the first prompt', async () => {
    const { observed, reason, status } = await failureOf('hello', { environment: { ANTHROPIC_API_KEY: '' } });
    const { apiKeySource = 'none', tokenSource = 'none' } = (await observed.until('ready')).account;
    expect([apiKeySource, tokenSource]).toEqual(['none', 'none']);
    expect({ reason, status }).toEqual({ reason: 'notLoggedIn', status: undefined });
  });

  it.each([
    ['401', 'badKey', 401],
    ['403', 'badKey', 403],
    ['404', 'modelNotFound', 404],
    ['429', 'rateLimited', 429],
    ['500', 'serverError', 500],
    ['529', 'overloaded', 529],
    ['{ status: 400, message: "Your credit balance is too low to access the API" }', 'billing', 400],
  ])('takes an answer of the API with %s for what it is', async (error, expected, expectedStatus) => {
    const { reason, status } = await failureOf(scripted(`- error: ${error}`), { environment: AT_ONCE });
    expect({ reason, status }).toEqual({ reason: expected, status: expectedStatus });
  });

  it('says which settings of the user do not count, with the rules in them', async () => {
    const folder = join(real.cwd, '..', 'configuration');
    mkdirSync(folder);
    writeFileSync(join(folder, 'settings.json'), '{ "permissions": { "deny": ["Bash"] }');
    const observed = real.session();
    await observed.session.start();
    expect(await observed.until('notice')).toMatchObject({
      level: 'warning',
      text: expect.stringContaining(`Nothing in ${join(folder, 'settings.json')} counts`),
    });
  });

  it('shows that it tries again', async () => {
    const observed = real.session();
    await observed.session.start();
    observed.session.send(scripted('- error: { status: 529, times: 1 }\n- text: At last.'), newUuid());
    expect(await observed.until('apiRetry')).toMatchObject({ attempt: 1, status: 529, error: 'overloaded' });
    expect(await observed.until('turnEnded')).toMatchObject({ text: 'At last.' });
  });

  it('says that the API cannot be reached', async () => {
    const { reason, status } = await failureOf('hello', {
      environment: { ...AT_ONCE, ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' },
    });
    expect({ reason, status }).toEqual({ reason: 'network', status: undefined });
  });

  it('throws away what a cut stream has shown', async () => {
    const observed = real.session();
    await observed.session.start();
    observed.session.send(scripted('- - { text: One two three four five., chunk: 4 }\n  - cut: 3'), newUuid());
    expect(await observed.until('turnEnded')).toMatchObject({ text: 'One two three four five.' });
    const [discarded] = observed.all('messageDiscarded');
    expect(discarded).toBeDefined();
    const kept = observed.all('textDelta').filter(({ messageId }) => messageId !== discarded?.messageId);
    expect(kept.map(({ text }) => text).join('')).toBe('One two three four five.');
  });

  it('ends a turn at its limit of rounds and of money', async () => {
    const script = scripted('- - tool: { name: Bash, input: { command: ls } }\n  - loop: true');
    const turns = real.session({ launch: { maxTurns: 2 } });
    await turns.session.start();
    turns.session.send(script, newUuid());
    expect((await turns.until('turnEnded')).outcome).toEqual({ kind: 'limit', limit: 'turns' });

    const money = real.session({ launch: { maxBudgetUsd: 0.0001 } });
    await money.session.start();
    money.session.send(script, newUuid());
    expect((await money.until('turnEnded')).outcome).toEqual({ kind: 'limit', limit: 'budget' });
  });

  it('says that the session to continue is not there', async () => {
    const observed = real.session({ launch: { session: { kind: 'resume', id: newUuid() } } });
    await observed.session.start();
    observed.session.send('hello', newUuid());
    const exit = await observed.until('exited');
    const ended = observed.all('turnEnded')[0];
    const reason = ended?.outcome.kind === 'failed' ? ended.outcome.failure.reason : errorOfExit(exit).reason;
    expect(reason).toBe('sessionNotFound');
  });

  it('says that the session is in use', async () => {
    const id = newUuid();
    const first = real.session({ launch: { session: { kind: 'new', id } } });
    await first.session.start();
    first.session.send(scripted('- text: One.'), newUuid());
    await first.until('turnEnded');
    const second = real.session({ launch: { session: { kind: 'new', id } } });
    await second.session.start();
    expect(errorOfExit(await second.until('exited')).reason).toBe('sessionInUse');
  });

  it('says that the working folder has gone', async () => {
    rmSync(real.cwd, { recursive: true });
    const error = await real
      .session()
      .session.start()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ClaudeError);
    expect((error as ClaudeError).reason).toBe('workingFolderGone');
  });
});
