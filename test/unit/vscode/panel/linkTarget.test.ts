import { describe, expect, it } from 'vitest';
import { linkTarget } from '../../../../src/vscode/panel/linkTarget.ts';

const folders = ['/work/project', '/work/other'];

describe('linkTarget', () => {
  it.each([
    ['https://example.org/a?b#c', { kind: 'web', address: 'https://example.org/a?b#c' }],
    ['mailto:a@example.org', { kind: 'web', address: 'mailto:a@example.org' }],
    ['src/server.ts', { kind: 'file', file: '/work/project/src/server.ts', line: undefined }],
    ['src/server.ts:12', { kind: 'file', file: '/work/project/src/server.ts', line: 12 }],
    ['src/server.ts#L7', { kind: 'file', file: '/work/project/src/server.ts', line: 7 }],
    ['/work/other/a.ts:3:9', { kind: 'file', file: '/work/other/a.ts', line: 3 }],
    ['file:///work/project/a%20b.ts', { kind: 'file', file: '/work/project/a b.ts', line: undefined }],
  ])('leads from %s to a page or a file of the workspace', (href, target) => {
    expect(linkTarget(href, folders)).toEqual(target);
  });

  it.each([
    'command:workbench.action.quit',
    'vscode://evil.extension/x',
    'javascript:alert(1)',
    'data:text/html,x',
    '/etc/passwd',
    'file:///etc/passwd',
    '../../etc/passwd',
    'src/%E0%A4%A',
    'https://',
    '',
  ])('leads nowhere from %s', href => {
    expect(linkTarget(href, folders)).toBeUndefined();
  });
});
