import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readlink } from 'node:fs/promises';
import { inRoot } from '../systemPath.ts';
import { type FoundFile, foundFile, looksTheSame } from './folderListing.ts';

type ReadFile =
  | {
      readonly kind: 'content';
      readonly path: string;
      readonly bytes: Uint8Array;
      /** As it was once it had been read; `isSteady` when nothing happened meanwhile. */
      readonly found: FoundFile;
      readonly isSteady: boolean;
    }
  | { readonly kind: 'gone'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string };

const FILES_AHEAD = 16;
const BYTES_AHEAD = 64 * 1024 * 1024;

/** Reads files in order, some ahead. A link is its target; nothing is followed. */
export async function* readContents(
  root: string,
  files: Iterable<readonly [path: string, found: FoundFile]>,
): AsyncGenerator<ReadFile> {
  const ahead: { readonly reading: Promise<ReadFile>; readonly size: number }[] = [];
  let bytes = 0;
  for (const [path, found] of files) {
    ahead.push({ reading: readContent(root, path, found), size: found.size });
    bytes += found.size;
    while (ahead.length > FILES_AHEAD || (bytes > BYTES_AHEAD && ahead.length > 0)) {
      const next = ahead.shift();
      bytes -= next?.size ?? 0;
      if (next !== undefined) {
        yield await next.reading;
      }
    }
  }
  for (const { reading } of ahead) {
    yield await reading;
  }
}

export async function readContent(root: string, path: string, expected: FoundFile): Promise<ReadFile> {
  const place = inRoot(root, path);
  try {
    const bytes = expected.kind === 'link' ? await readlink(place, 'buffer') : await readWhole(place);
    const found = foundFile(await lstat(place));
    return found === undefined
      ? { kind: 'gone', path }
      : {
          kind: 'content',
          path,
          bytes,
          found: { ...found, size: bytes.length },
          isSteady: looksTheSame(found, expected),
        };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // What became something else since it was looked at (ELOOP, EINVAL) is there, but not known.
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'unreadable', path };
  }
}

async function readWhole(place: string | Buffer): Promise<Uint8Array> {
  // Not followed, and not waited for: it may have become a link or a pipe since it was looked at.
  const file = await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** The name that git gives to this content. */
export function blobName(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
