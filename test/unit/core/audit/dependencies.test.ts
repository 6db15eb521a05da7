import { describe, expect, it } from 'vitest';
import { auditedFiles } from '../../../../src/core/audit/auditedFiles.ts';
import { dependencyFindings } from '../../../../src/core/audit/dependencyFindings.ts';
import { readDependencyReport } from '../../../../src/core/audit/dependencyReports.ts';
import { dependencyTool, lockFilesIn } from '../../../../src/core/audit/dependencyTools.ts';

const ADVISORY = {
  module_name: 'lodash',
  severity: 'high',
  title: 'Command Injection in lodash',
  url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
  vulnerable_versions: '<4.17.21',
  patched_versions: '>=4.17.21',
};
const LODASH = { package: 'lodash', severity: 'high', title: 'Command Injection in lodash' };

describe('what the audit tools print', () => {
  it('is read from npm, without what is vulnerable only by way of another package', () => {
    const report = {
      auditReportVersion: 2,
      vulnerabilities: {
        lodash: {
          name: 'lodash',
          severity: 'high',
          via: [{ title: ADVISORY.title, url: ADVISORY.url, severity: 'high' }],
          range: '<4.17.21',
          fixAvailable: { name: 'lodash', version: '4.17.21', isSemVerMajor: false },
        },
        parent: { name: 'parent', severity: 'high', via: ['lodash'], range: '*', fixAvailable: true },
      },
    };
    expect(readDependencyReport('npm', JSON.stringify(report))).toMatchObject({
      state: 'read',
      vulnerabilities: [{ ...LODASH, version: '<4.17.21', fix: 'upgrade lodash to 4.17.21' }],
    });
  });

  it('is read from pnpm and from both kinds of yarn', () => {
    const pnpm = JSON.stringify({ advisories: { 1: ADVISORY }, metadata: {} });
    const classic = [
      { type: 'auditAdvisory', data: { resolution: {}, advisory: ADVISORY } },
      { type: 'auditAdvisory', data: { resolution: {}, advisory: ADVISORY } },
      { type: 'auditSummary', data: {} },
    ];
    const berry = {
      value: 'lodash',
      children: {
        ID: 1,
        Issue: ADVISORY.title,
        URL: ADVISORY.url,
        Severity: 'high',
        'Vulnerable Versions': '<4.17.21',
      },
    };
    for (const [tool, text] of [
      ['pnpm', pnpm],
      ['yarn', classic.map(line => JSON.stringify(line)).join('\n')],
      ['yarn', JSON.stringify(berry)],
    ] as const) {
      const report = readDependencyReport(tool, text);
      expect(report).toMatchObject({ state: 'read', vulnerabilities: [LODASH] });
    }
  });

  it('is read from pip-audit, cargo-audit and composer', () => {
    const pip = {
      dependencies: [{ name: 'jinja2', version: '2.4', vulns: [{ id: 'PYSEC-1', fix_versions: ['3.0'] }] }],
    };
    const cargo = {
      vulnerabilities: {
        list: [{ advisory: { id: 'RUSTSEC-1', title: 'Data race' }, package: { name: 'smallvec', version: '0.6.0' } }],
      },
    };
    const composer = {
      advisories: { 'a/b': [{ packageName: 'a/b', title: 'XSS', cve: 'CVE-1', severity: 'medium' }] },
    };
    expect(readDependencyReport('pip', JSON.stringify(pip))).toMatchObject({
      vulnerabilities: [{ package: 'jinja2', advisory: 'PYSEC-1', fix: 'upgrade to 3.0' }],
    });
    expect(readDependencyReport('cargo', JSON.stringify(cargo))).toMatchObject({
      vulnerabilities: [{ package: 'smallvec', advisory: 'RUSTSEC-1' }],
    });
    expect(readDependencyReport('composer', JSON.stringify(composer))).toMatchObject({
      vulnerabilities: [{ package: 'a/b', severity: 'medium', advisory: 'CVE-1' }],
    });
  });

  it('is a reason, not a failure, when the tool could not look', () => {
    const offline = { message: 'request failed', error: { code: 'ENOTFOUND', summary: 'no network\nmore' } };
    expect(readDependencyReport('npm', JSON.stringify(offline))).toEqual({ state: 'failed', why: 'no network' });
    const refused = { message: '405 Method Not Allowed', error: { summary: '', detail: '' } };
    expect(readDependencyReport('npm', JSON.stringify(refused))).toEqual({ state: 'failed', why: refused.message });
    expect(readDependencyReport('npm', '')).toEqual({ state: 'failed', why: 'it printed no report' });
    expect(readDependencyReport('cargo', '{"a":1}').state).toBe('failed');
  });
});

describe('the audit of dependencies', () => {
  it('knows the lock files of the repository, and not those of installed packages', () => {
    expect(lockFilesIn(['web/package-lock.json', 'node_modules/a/package-lock.json', 'go.sum', 'src/a.ts'])).toEqual([
      { kind: 'known', file: 'web/package-lock.json', folder: 'web', tool: 'npm' },
      { kind: 'byHand', file: 'go.sum', command: 'govulncheck ./...' },
    ]);
  });

  it('runs no program that a file of the repository names', () => {
    expect(dependencyTool('yarn', '__metadata:').environment).toMatchObject({ YARN_IGNORE_PATH: '1' });
    expect(dependencyTool('cargo', '').program).toBe('cargo-audit');
    expect(dependencyTool('pip', '').args).toContain('--disable-pip');
    expect(dependencyTool('composer', '').args).toContain('--no-plugins');
  });

  const requirementsOf = (text: string) =>
    auditedFiles(dependencyTool('pip', ''), { name: 'requirements.txt', text }, undefined);

  it('gives a tool what names dependencies, and says what it leaves out', () => {
    const requirements = 'a==1 \\\n    --hash=sha256:1\n-r more.txt\n  --index-url https://x.test\nb==2\n./c\n';
    expect(requirementsOf(requirements)).toEqual({
      files: [{ name: 'requirements.txt', text: 'a==1      --hash=sha256:1\nb==2\n' }],
      skipped: ['requirements.txt: its options and paths, such as files that it includes, are not followed.'],
    });
    const lock = { name: 'yarn.lock', text: '' };
    expect(auditedFiles(dependencyTool('yarn', ''), lock, '{"name":"a","workspaces":["b"]}')).toEqual({
      files: [lock, { name: 'package.json', text: '{"name":"a"}' }],
      skipped: [expect.stringContaining('workspaces')],
    });
    for (const manifest of [undefined, 'null', '[1]', 'not json']) {
      expect(auditedFiles(dependencyTool('npm', ''), lock, manifest).files[1]?.text).toBe('{}');
    }
  });

  // Pip's own reader of such files followed each of them.
  it.each([
    '--hash=sha256:1 -r more.txt',
    '--hash=sha256:1 \\\na==1 -r more.txt',
    'a==1\r-r more.txt',
    'a==1\f-r more.txt',
    'a==1\u2028-r more.txt',
    '\u001f-r more.txt',
    '\\-r more.txt\\\n',
  ])('gives pip no line that names another file: %j', line => {
    const { files, skipped } = requirementsOf(`${line}\nb==2`);
    expect(files).toEqual([{ name: 'requirements.txt', text: 'b==2\n' }]);
    expect(skipped).toHaveLength(1);
  });

  it('gives pip whole requirements and no comment, and says nothing of those', () => {
    const text = [
      '# -*- coding: utf-7 -*-',
      'a==1 ; python_version < "4" \\',
      '  --hash=sha256:1 \\',
      '  --hash=sha512:2  # via -r b.in',
      '# \\',
      'b==2#x',
      '',
    ].join('\r\n');
    expect(requirementsOf(text)).toEqual({
      files: [
        {
          name: 'requirements.txt',
          text: 'a==1 ; python_version < "4"    --hash=sha256:1    --hash=sha512:2 \nb==2#x\n',
        },
      ],
      skipped: [],
    });
  });

  it('puts a finding at the line of the manifest, else of the lock file', () => {
    const manifest = { file: 'package.json', text: '{\n  "dependencies": {\n    "lodash": "^4.0.0"\n  }\n}' };
    const lock = { file: 'package-lock.json', text: '{\n  "packages": {\n    "node_modules/minimist": {}\n  }\n}' };
    const found = dependencyFindings(
      [
        { package: 'lodash', severity: 'high', title: 'Injection' },
        { package: 'minimist', severity: 'low', title: 'Pollution', fix: 'npm audit fix' },
        { package: 'nowhere', severity: 'low', title: 'Other' },
      ],
      manifest,
      lock,
    );
    expect(found).toMatchObject([
      { file: 'package.json', line: 3 },
      { file: 'package-lock.json', line: 3, remedy: 'Npm audit fix.' },
      { file: 'package-lock.json' },
    ]);
    expect(found[2]).not.toHaveProperty('line');
  });
});
