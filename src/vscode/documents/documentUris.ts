import path from 'node:path';
import { EDIT_SCHEME, VIEW_SCHEME } from '../contributions/views.ts';

/** A file in a snapshot: the folder that it was taken of, and its content. */
export interface SnapshotSource {
  readonly kind: 'snapshot';
  readonly root: string;
  readonly blob: string;
}

/** What a document of the extension shows. All of it can be made again from the log, so nothing is lost by a reload. */
export type DocumentSource =
  /** The file as a pending question proposes it. */
  | { readonly kind: 'proposal'; readonly approvalId: string }
  /** The whole input of a question. */
  | { readonly kind: 'input'; readonly approvalId: string }
  /** The file before or after a call that was made. */
  | { readonly kind: 'before' | 'after' | 'patch' | 'output'; readonly taskId: string; readonly toolUseId: string }
  /** What a step of a chain gave. */
  | { readonly kind: 'stepOutput'; readonly chainId: string; readonly stepId: string }
  | SnapshotSource
  | { readonly kind: 'ledger' }
  /** Stands for a file that is not there. */
  | { readonly kind: 'nothing' };

interface DocumentAddress {
  readonly scheme: string;
  readonly path: string;
  readonly query?: string;
}

/** The address of a document. The file's name comes last, so that VS Code knows its language. */
export function viewAddress(source: Exclude<DocumentSource, SnapshotSource>, fileName: string): DocumentAddress {
  const parts = [source.kind, ...idsOf(source)].map(encodeURIComponent);
  return { scheme: VIEW_SCHEME, path: `/${parts.join('/')}/${safeName(fileName)}` };
}

/** A file of a snapshot has the path of the file itself, so that VS Code does not take the two for a rename. */
export function snapshotAddress({ root, blob }: SnapshotSource, filePath: string): DocumentAddress {
  return { scheme: VIEW_SCHEME, path: filePath, query: new URLSearchParams({ root, blob }).toString() };
}

/** What an address stands for; nothing when it is none of ours. */
export function readViewAddress({ path: documentPath, query }: DocumentAddress): DocumentSource | undefined {
  if (query !== undefined && query !== '') {
    const given = new URLSearchParams(query);
    const [root, blob] = [given.get('root'), given.get('blob')];
    return root === null || blob === null ? undefined : { kind: 'snapshot', root, blob };
  }

  const [kind, first, second] = documentPath.split('/').slice(1, -1).map(decodeURIComponent);
  switch (kind) {
    case 'proposal':
    case 'input':
      return first === undefined ? undefined : { kind, approvalId: first };
    case 'before':
    case 'after':
    case 'patch':
    case 'output':
      return first === undefined || second === undefined ? undefined : { kind, taskId: first, toolUseId: second };
    case 'stepOutput':
      return first === undefined || second === undefined ? undefined : { kind, chainId: first, stepId: second };
    case 'ledger':
    case 'nothing':
      return { kind };
    default:
      return undefined;
  }
}

export function editAddress(approvalId: string, fileName: string): DocumentAddress {
  return { scheme: EDIT_SCHEME, path: `/${encodeURIComponent(approvalId)}/${safeName(fileName)}` };
}

export function readEditPath(documentPath: string): string | undefined {
  const [, approvalId] = documentPath.split('/');
  return approvalId === undefined || approvalId === '' ? undefined : decodeURIComponent(approvalId);
}

function idsOf(source: Exclude<DocumentSource, SnapshotSource>): readonly string[] {
  if ('approvalId' in source) {
    return [source.approvalId];
  }
  if ('chainId' in source) {
    return [source.chainId, source.stepId];
  }
  return 'taskId' in source ? [source.taskId, source.toolUseId] : [];
}

/** The last part of a path that an agent named: no separators, no control characters, never empty. */
function safeName(fileName: string): string {
  const base = path.win32.basename(path.posix.basename(fileName));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this takes out.
  const name = base.replace(/[\u0000-\u001f\u007f]/g, '').slice(-120);
  return name === '' || name === '.' || name === '..' ? 'file' : name;
}
