import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastWordsIn, lastWordsOf } from '../../../../src/core/claude/serverLog.ts';

const entry = (fields: Record<string, string>, sessionId = 's-1'): string => JSON.stringify({ ...fields, sessionId });
const stderr = (text: string, sessionId?: string): string => entry({ error: `Server stderr: ${text}` }, sessionId);

describe('lastWordsIn', () => {
  it('takes what was written last in this session, and of that the last lines', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');
    const log = [stderr('first'), stderr(`${lines}\n`), entry({ error: 'Connection failed' }), stderr('other', 's-2')];
    expect(lastWordsIn(log.join('\n'), 's-1')?.split('\n')).toEqual([
      ...[12, 13, 14, 15, 16, 17, 18, 19].map(index => `line ${index}`),
    ]);
    expect(lastWordsIn(log.join('\n'), 's-2')).toBe('other');
    expect(lastWordsIn(log.join('\n'), 's-3')).toBeUndefined();
    expect(lastWordsIn(stderr('x'.repeat(5000)), 's-1')).toHaveLength(1000);
  });

  it('takes a log of any form', () => {
    fc.assert(fc.property(fc.string(), text => lastWordsIn(text, 's-1') === undefined));
    fc.assert(fc.property(fc.json(), text => lastWordsIn(text, 's-1') === undefined));
  });
});

describe.skipIf(process.platform === 'win32')('lastWordsOf', () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'server-log-'));
  });
  afterEach(() => rmSync(cache, { recursive: true }));

  function write(name: string, text: string): void {
    const folder = join(cache, 'Library', 'Caches', 'claude-cli-nodejs', '-work-my-app', 'mcp-logs-my-server-2');
    const linux = join(cache, 'claude-cli-nodejs', '-work-my-app', 'mcp-logs-my-server-2');
    for (const each of [folder, linux]) {
      mkdirSync(each, { recursive: true });
      writeFileSync(join(each, name), text);
    }
  }
  const ask = (definition = {}): Promise<string | undefined> =>
    lastWordsOf('my server.2', definition, {
      id: 's-1',
      cwd: '/work/my_app',
      environment: { XDG_CACHE_HOME: cache, HOME: cache },
    });

  it('reads the newest log of the server, however long it is', async () => {
    expect(await ask()).toBeUndefined();
    write('2026-01-01.jsonl', stderr('old'));
    write('2026-01-02.jsonl', `${`${stderr('before')}\n`.repeat(5000)}${stderr('port 80 is taken')}\n`);
    write('notes.txt', stderr('no log'));
    expect(await ask()).toBe('port 80 is taken');
  });

  it('hides what the server was given as a secret', async () => {
    write('2026-01-01.jsonl', stderr('bad token hush-hush for a user of 12'));
    expect(await ask({ env: { TOKEN: 'hush-hush', AGE: '12' } })).toBe('bad token ••••• for a user of 12');
    expect(await ask({ headers: { Authorization: 'hush-hush' } })).toContain('•••••');
    expect(await ask({ env: { PART: 'hush-h', TOKEN: 'hush-hush' } })).toBe('bad token ••••• for a user of 12');
  });
});
