import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked, maskedValue, shownUrl } from '../../../../src/core/profiles/maskedText.ts';
import { MASK } from '../../../../src/core/security/maskedOutput.ts';

const HELD = `\${GITHUB_TOKEN}`;

describe('maskedValue', () => {
  it.each([
    ['API_KEY', 'sk-ant-1234567890', MASK],
    ['DATABASE_URL', 'postgres://ada:secret@db/x', MASK],
    ['TOKEN', HELD, HELD],
    ['AUTHORIZATION', `Bearer ${HELD}`, `${HELD} ${MASK}`],
    ['TOKEN', `\${A:-fallback-secret}`, `\${A:-${MASK}}`],
    ['ANTHROPIC_BASE_URL', 'https://evil.example:8443', 'https://evil.example:8443'],
    [
      'ANTHROPIC_BASE_URL',
      'https://ada:secret@evil.example/hook/T0/secret?key=1',
      `https://${MASK}@evil.example/${MASK}`,
    ],
    ['SOME_TOKEN', 'https://user:aA_0=AA-=_=/x@host', MASK],
    ['SOME_TOKEN', 'https://user:12345/x@host', MASK],
    ['ANTHROPIC_BASE_URL', 'http://[::1]:8080/', 'http://[::1]:8080/'],
    ['NODE_OPTIONS', '--require ./spy.js', '--require ./spy.js'],
    ['LD_PRELOAD', './spy.so', './spy.so'],
    ['DISABLE_TELEMETRY', '1', '1'],
  ])('shows %s=%s as %s', (name, value, shown) => {
    expect(maskedValue(name, value)).toBe(shown);
  });

  it('never shows any piece of a secret', () => {
    const secret = fc.stringMatching(/^[a-zA-Z0-9+/=_-]{12,40}$/);
    const around = fc.constantFrom('', 'Bearer ', 'https://host/', 'https://user:', `\${VAR:-`, `${HELD} `);
    fc.assert(
      fc.property(secret, around, (text, before) => {
        const value = before.startsWith('${VAR')
          ? `${before}${text}}`
          : `${before}${text}${before.includes('user:') ? '@host' : ''}`;
        expect(maskedValue('SOME_TOKEN', value)).not.toContain(text);
      }),
    );
  });
});

describe('masked', () => {
  it('hides values under env and headers at any depth and leaves the rest as it is', () => {
    expect(
      masked({
        a: { command: 'node', args: ['--x'], env: { KEY: 'secret-value' } },
        b: [{ url: 'https://u:p@host/mcp?key=secret-value', headers: { Authorization: 'secret-value' } }],
      }),
    ).toEqual({
      a: { command: 'node', args: ['--x'], env: { KEY: MASK } },
      b: [{ url: `https://${MASK}@host/mcp?${MASK}`, headers: { Authorization: MASK } }],
    });
  });

  it('keeps a name such as __proto__ a name', () => {
    expect(JSON.stringify(masked(JSON.parse('{"__proto__":{"env":{"A":"secret"}}}')))).toBe(
      `{"__proto__":{"env":{"A":"${MASK}"}}}`,
    );
  });
});

describe('shownUrl', () => {
  it('keeps references to variables unexpanded', () => {
    expect(shownUrl(`https://\${HOST}/mcp`)).toBe(`https://\${HOST}/mcp`);
  });
});
