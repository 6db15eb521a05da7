import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file that is there whole or not at all. A link in its place is replaced, and none is ever written through. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  // A name that nobody can have put a link at.
  const temporary = `${file}.${randomUUID()}.new`;
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
