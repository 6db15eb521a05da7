import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK, secretMasker, withoutCredentials } from '../../../../src/core/security/maskedOutput.ts';
import { anyText } from '../../anyText.ts';

describe('what a program printed', () => {
  it('is kept without the values of variables that hold keys', () => {
    const mask = secretMasker({
      GH_TOKEN: 'gho_16C7e42F292c',
      HOME: '/home/ada',
      DB_PASSWORD: 'short',
      MY_KEY: 'a"b\nc\\d?efg\n',
    });
    expect(mask('token gho_16C7e42F292c in /home/ada, short')).toBe(`token ${MASK} in /home/ada, short`);
    expect(mask('a"b\nc\\d?efg')).toBe(MASK);
    expect(JSON.parse(mask(JSON.stringify({ key: 'a"b\nc\\d?efg', at: 1 })))).toEqual({ key: MASK, at: 1 });
  });

  it('holds no such value, wherever it stands', () => {
    const secret = anyText({ maxLength: 30 }).filter(text => text.trim().length >= 8 && !text.includes('•'));
    fc.assert(
      fc.property(secret, fc.array(anyText({ maxLength: 20 }), { minLength: 1 }), (value, parts) => {
        const own = value.trim();
        fc.pre(parts.every(part => !part.includes(own)));
        const mask = secretMasker({ SECRET: value, OTHER_TOKEN: `${own} and more` });
        expect(mask(parts.join(own))).not.toContain(own);
        expect(mask(`${own} and more`)).toBe(MASK);
      }),
    );
  });
});

describe('error text', () => {
  it.each([
    ['> Authorization: Bearer abc.def-123', `> Authorization: Bearer ${MASK}`],
    ['authorization: Basic YWRhOnNlY3JldA==', `authorization: Basic ${MASK}`],
    ["-H 'Authorization: token ghx'", `-H 'Authorization: token ${MASK}'`],
    ['{"Authorization":"Bearer abcdefgh"}', `{"Authorization":"Bearer ${MASK}"}`],
    ['sent bearer eyJhbGciOi.J9.abc=', `sent bearer ${MASK}`],
    ['Authorization: ghx_1', `Authorization: ${MASK}`],
    ['"authorization": ["Bearer abc"]', `"authorization": ["Bearer ${MASK}"]`],
    ['map[Authorization:[Basic YWRh] Host:[a]]', `map[Authorization:[Basic ${MASK}] Host:[a]]`],
    ['Authorization: Negotiate YIIabc\nHost: a', `Authorization: ${MASK}\nHost: a`],
    ['Authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature=c', `Authorization: ${MASK}`],
    ['Authorization: Digest username="ada", response="6629"', `Authorization: ${MASK}`],
    ['{"authorization":"ApiKey abc","host":"a"}', `{"authorization":"${MASK}","host":"a"}`],
    ['clone https://ghp_1a2b@github.com/a.git', `clone https://${MASK}@github.com/a.git`],
    ['https://ada:hunter2@example.com/x', `https://${MASK}@example.com/x`],
    ['fatal: https://x-access-token:ghs_1@github.com/a.git', `fatal: https://${MASK}@github.com/a.git`],
  ])('is kept without credentials: %s', (text, shown) => {
    expect(withoutCredentials(text)).toBe(shown);
  });

  it.each([
    'The bearer of news',
    'http://example.com:8080/a@b',
    'git@example.com:a/b.git',
    'Authorization failed',
    'authorization:\n  what follows it',
    'ssh://git@example.com/a.git',
    'see https://example.com?to=ada@example.com',
    'a:b@c',
  ])('keeps what is none: %s', text => {
    expect(withoutCredentials(text)).toBe(text);
  });
});
