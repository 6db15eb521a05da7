import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';

/** One thing that a task or a person does in a folder. Names are bytes, as the system has them. */
export type Edit =
  | { readonly kind: 'write'; readonly name: Buffer; readonly content: Buffer }
  | { readonly kind: 'remove'; readonly name: Buffer }
  | { readonly kind: 'rename'; readonly name: Buffer; readonly to: Buffer }
  | { readonly kind: 'folder'; readonly name: Buffer }
  | { readonly kind: 'mode'; readonly name: Buffer; readonly mode: number }
  | { readonly kind: 'link'; readonly name: Buffer; readonly to: string }
  /** In place of whatever is there. */
  | { readonly kind: 'folderInPlace'; readonly name: Buffer; readonly content: Buffer }
  | { readonly kind: 'fileInPlace'; readonly name: Buffer; readonly content: Buffer };

/** Few, so that edits meet; of every kind that has hurt somebody. */
const NAMES = [
  'a.txt',
  'b.md',
  'src',
  'src/a.ts',
  'src/deep',
  'src/deep/b.ts',
  'src/deep/c',
  'lib/x',
  'build/out.js',
  'build/deep/out.map',
  'node_modules/one/index.js',
  'debug.log',
  'empty',
  '-rf',
  '$(touch pwned)`id`',
  'quote" and \'\nnew\tline\\',
  'bidi\u202etxt.exe',
  '"}\u0001\u007f',
  'nested/inside.txt',
  'module/inside.txt',
].map(name => Buffer.from(name));
const RAW =
  process.platform === 'linux' ? [Buffer.from([0x66, 0xff, 0xfe]), Buffer.from([0xe2, 0x82, 0x2f, 0x78])] : [];
const CONTENTS = [
  '',
  'one\n',
  'two\n',
  'line\r\nline\r\n',
  '\u0000\u0001binary',
  'x'.repeat(300),
  'y'.repeat(1500),
  'z'.repeat(5000),
].map(text => Buffer.from(text));

const name = fc.constantFrom(...NAMES, ...RAW);
const content = fc.constantFrom(...CONTENTS);

export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), name, content }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), name }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rename' as const), name, to: name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('folder' as const), name }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('mode' as const), name, mode: fc.constantFrom(0o644, 0o755, 0o600) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('link' as const),
      name,
      to: fc.constantFrom('a.txt', '/etc', '../..', 'nowhere', 'src'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('folderInPlace' as const), name, content }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fileInPlace' as const), name, content }) },
);

/** What is not possible, because of what is there, is not done. */
export function applyEdits(root: string, edits: readonly Edit[]): void {
  for (const edit of edits) {
    try {
      applyEdit(root, edit);
    } catch {
      // Such as a file where a folder would have to be.
    }
  }
}

function applyEdit(root: string, edit: Edit): void {
  const place = at(root, edit.name);
  switch (edit.kind) {
    case 'write':
      makeParent(root, edit.name);
      writeFileSync(place, edit.content);
      return;
    case 'remove':
      rmSync(place, { recursive: true });
      return;
    case 'rename':
      makeParent(root, edit.to);
      renameSync(place, at(root, edit.to));
      return;
    case 'folder':
      mkdirSync(place, { recursive: true });
      return;
    case 'mode':
      chmodSync(place, edit.mode);
      return;
    case 'link':
      makeParent(root, edit.name);
      symlinkSync(edit.to, place);
      return;
    case 'folderInPlace':
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place, { recursive: true });
      writeFileSync(at(root, Buffer.concat([edit.name, Buffer.from('/inside')])), edit.content);
      return;
    case 'fileInPlace':
      rmSync(place, { recursive: true, force: true });
      makeParent(root, edit.name);
      writeFileSync(place, edit.content);
  }
}

function makeParent(root: string, place: Buffer): void {
  const slash = place.lastIndexOf(0x2f);
  if (slash > 0) {
    mkdirSync(at(root, place.subarray(0, slash)), { recursive: true });
  }
}

function at(root: string, place: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), place]);
}
