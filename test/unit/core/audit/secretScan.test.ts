import { describe, expect, it } from 'vitest';
import { secretsInLine, withoutSecrets } from '../../../../src/core/audit/secretLines.ts';
import { isGeneratedFile, SecretScan } from '../../../../src/core/audit/secretScan.ts';

/** Put together here, so that no scanner takes this file itself for a leak. */
const REAL: readonly (readonly [rule: string, line: string])[] = [
  ['aws-access-key', `key = "${'AKIA'}Q3EGTW5YZ7KLM2NB"`],
  ['github-token', `GITHUB_TOKEN=${'ghp'}_9aB3kLmN0pQrStUvWxYz2CdEfGhIjK4oP7q8`],
  ['gitlab-token', `token: ${'glpat'}-Zx9yQw3eRt7uIo1pAs5d`],
  ['slack-token', `${'xoxb'}-2834729384-9384729384-aB3kLmN0pQrStUvWxYz2CdEf`],
  ['stripe-key', `stripe(${'sk'}_live_4eC39HqLyjWDarjtT1zdp7dc)`],
  ['google-api-key', `const k = '${'AIza'}SyD3f9Kq2LmX8vRt6YbN1wZc4Hj7PgUe0Ao'`],
  ['npm-token', `//registry.npmjs.org/:_authToken=${'npm'}_q8Zr4TbW2yKe6HuJ9sLdXoPa1Vc3Nf5Mg7Ri`],
  ['private-key', `-----BEGIN ${'RSA PRIVATE'} KEY-----`],
  ['url-password', `DATABASE_URL=postgres://shop:${'kT9x2m'}${'Qv7Lp4'}@db.internal:5432/shop`],
  ['aws-secret-key', `aws_secret_access_key = ${'kR7vT2mX9qLw4NcZ8bYh'}${'3PjD6sGf1UeA5oKiQxWt'}`],
  ['assigned-secret', `const clientSecret = '${'v9Qk2'}Lx7Tz4Rm8Wp1Yc6Nd3Jf';`],
  ['unquoted-secret', `export DB_PASSWORD=${'v9Qk2'}Lx7Tz4Rm8Wp1Yc6Nd3Jf`],
  ['unquoted-secret', `  password: ${'v9Qk2'}Lx7Tz4Rm8Wp1Yc6Nd3Jf # of the shop`],
  ['unquoted-secret', `spring.api-key = ${'v9Qk2'}Lx7Tz4Rm8Wp1Yc6Nd3Jf\r`],
];

const HARMLESS = [
  'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE',
  'password = "changeme-changeme-1"',
  'const token = process.env.GITHUB_TOKEN;',
  'token: "${{ secrets.GITHUB_TOKEN }}"',
  'postgres://user:password@localhost/db',
  'postgres://${USER}:${PASSWORD}@host/db',
  '"integrity": "sha512-9aB3kLmN0pQrStUvWxYz2CdEfGhIjK4oP7q8Zr4TbW2yKe6HuJ9sLdXoPa1Vc3Nf5Mg7Ri=="',
  'secretName: "kubernetes-tls-certificate"',
  'passwordHash: "5f4dcc3b5aa765d61d8327deb882cf99"',
  'const tokenEndpoint = "https://login.example.com/oauth2/v2.0/token";',
  'credentials: "src/credentials/provider.ts"',
  'sk-this-is-a-css-class-name-that-is-quite-long-indeed',
  `token = '${'v9Qk2'}Lx7Tz4Rm8Wp1Yc6Nd3Jf' # gitleaks:allow`,
  'API_KEY=${SHOP_API_KEY_2024_V1}',
  'SECRET_NAME=shop-database-9-credentials-12',
  'TOKEN_URL=login9.internal/oauth2/v2.0/token',
  'TOKEN_FILE: /run/secrets/token-2024-01-17-9',
  '      secret: sha256DigestOfTheWholeFile',
  '  token: nextToken1(reader2, options3.first),',
  '    token: readToken123456789OfTheNextFile,',
];

describe('the search for secrets', () => {
  it.each(REAL)('finds a secret by %s', (rule, line) => {
    expect(secretsInLine(line).map(found => found.rule.id)).toEqual([rule]);
  });

  it.each(HARMLESS)('takes no secret from %s', line => {
    expect(secretsInLine(line)).toEqual([]);
  });

  it('never shows more than the beginning of a secret', () => {
    for (const [rule, line] of REAL.filter(([id]) => id !== 'private-key')) {
      const [found] = secretsInLine(line);
      expect(found?.masked, rule).toMatch(/^.{2,4}…, \d+ characters$/u);
      expect(found?.masked).not.toContain(found?.value.slice(0, 8));
    }
  });

  it('tells a secret once a file, at its line, and one of the history only when the file no longer has it', () => {
    const scan = new SecretScan();
    const [, line = ''] = REAL[1] ?? [];
    scan.addFile('src/a.env', `one\n${line}\n${line}\n`);
    scan.addHistoryLine('src/a.env', line, 'a'.repeat(40));
    scan.addHistoryLine('src/gone.env', line, 'b'.repeat(40));
    expect(scan.findings).toMatchObject([
      { file: 'src/a.env', line: 2, severity: 'critical' },
      { file: 'src/gone.env', commit: 'b'.repeat(40) },
    ]);
    expect(JSON.stringify(scan.findings)).not.toContain('9aB3kLmN0');
  });

  it('says which lines were too long to look at', () => {
    const scan = new SecretScan();
    scan.addFile('data.js', 'x'.repeat(5000));
    expect(scan.remarks).toEqual(['1 lines longer than 4000 characters.']);
  });

  it('masks each secret in what somebody wrote about them', () => {
    for (const [rule, line] of REAL.filter(([id]) => id !== 'private-key')) {
      const [found] = secretsInLine(line);
      const shown = withoutSecrets(`It says:\n${line}\nThere.`);
      expect(shown, rule).toBe(`It says:\n${line.replace(found?.value ?? '', found?.masked ?? '')}\nThere.`);
      expect(shown).not.toContain(found?.value);
    }
  });

  it('leaves out the files that tools write', () => {
    expect(isGeneratedFile('web/package-lock.json')).toBe(true);
    expect(isGeneratedFile('web/my-package-lock.json.ts')).toBe(false);
  });
});
