import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { type FileFault, notAFile, notText, outsideFolder, tooLarge, unreadable } from './fileFault.ts';

type TextRead =
  | { readonly state: 'absent' }
  /** `link` is the file that was really read, when the path leads to another one outside the folder. */
  | { readonly state: 'text'; readonly text: string; readonly link?: string }
  | { readonly state: 'refused'; readonly fault: FileFault };

/**
 * Reads a text file that a stranger may have written: never waits on a pipe or a device, never reads more than it was
 * told to, and leaves the folder by a link only when asked to follow.
 *
 * @param file relative to the folder, with `/`
 */
export async function readWorkspaceText(
  folder: string,
  file: string,
  options: { readonly mostBytes: number; readonly links: 'insideOnly' | 'follow' },
): Promise<TextRead> {
  let handle: FileHandle | undefined;
  try {
    const real = await realpath(join(folder, file));
    const leavesFolder = !isInside(await realpath(folder), real);
    if (leavesFolder && options.links === 'insideOnly') {
      return { state: 'refused', fault: outsideFolder(file) };
    }
    handle = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!(await handle.stat()).isFile()) {
      return { state: 'refused', fault: notAFile(file) };
    }
    const bytes = await readAtMost(handle, options.mostBytes + 1);
    if (bytes.length > options.mostBytes) {
      return { state: 'refused', fault: tooLarge(file, options.mostBytes) };
    }
    const text = asText(bytes);
    return text === undefined
      ? { state: 'refused', fault: notText(file) }
      : { state: 'text', text, ...(leavesFolder ? { link: real } : {}) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return { state: 'absent' };
    }
    return { state: 'refused', fault: code === 'EISDIR' ? notAFile(file) : unreadable(file, code) };
  } finally {
    await handle?.close();
  }
}

/** True when the path is the folder or lies in it; both must be real paths. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function readAtMost(handle: FileHandle, most: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.min(most, (await handle.stat()).size + 1));
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) {
      break;
    }
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function asText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
