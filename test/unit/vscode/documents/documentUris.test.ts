import { describe, expect, it } from 'vitest';
import {
  type DocumentSource,
  editAddress,
  readEditPath,
  readViewAddress,
  type SnapshotSource,
  snapshotAddress,
  viewAddress,
} from '../../../../src/vscode/documents/documentUris.ts';

const sources: readonly Exclude<DocumentSource, SnapshotSource>[] = [
  { kind: 'proposal', approvalId: 'a/1' },
  { kind: 'input', approvalId: 'a1' },
  { kind: 'before', taskId: 't1', toolUseId: 'toolu_/..' },
  { kind: 'output', taskId: 't1', toolUseId: 'u1' },
  { kind: 'ledger' },
  { kind: 'nothing' },
];

describe('addresses of documents', () => {
  it.each(sources)('read back as what they stand for: %j', source => {
    expect(readViewAddress(viewAddress(source, 'server.ts'))).toEqual(source);
  });

  it('have the path of the file itself for one in a snapshot, so that the two sides are no rename', () => {
    const source = { kind: 'snapshot', root: '/w & x/ü', blob: 'ab12' } as const;
    const address = snapshotAddress(source, '/w & x/ü/a b.ts');
    expect(address.path).toBe('/w & x/ü/a b.ts');
    expect(readViewAddress(address)).toEqual(source);
    expect(readViewAddress({ ...address, query: 'root=%2Fw' })).toBeUndefined();
  });

  it('carry the name of the file, so that VS Code knows its language', () => {
    expect(viewAddress({ kind: 'ledger' }, '/a/b/server.ts').path).toMatch(/\/server\.ts$/);
    expect(viewAddress({ kind: 'ledger' }, 'C:\\a\\server.ts').path).toMatch(/\/server\.ts$/);
  });

  it.each(['', '..', '/', 'a/..', '\u0000'])('make a plain name of %j', name => {
    expect(viewAddress({ kind: 'ledger' }, name).path).toBe('/ledger/file');
  });

  it('read back the question that is edited', () => {
    expect(readEditPath(editAddress('a/1', 'x.ts').path)).toBe('a/1');
    expect(readEditPath('/')).toBeUndefined();
  });

  it('stand for nothing when they are not ours', () => {
    expect(readViewAddress({ scheme: 'claude-panel-view', path: '/strange/x/y.ts' })).toBeUndefined();
    expect(readViewAddress({ scheme: 'claude-panel-view', path: '/output/t1/name.txt' })).toBeUndefined();
  });
});
