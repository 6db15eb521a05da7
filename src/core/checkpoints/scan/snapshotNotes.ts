import * as z from 'zod';
import type { CheckpointMoment, FileState, NotCovered } from '../checkpoint.ts';

/** What git has no place for in a tree. Kept as JSON beside the files of each snapshot. */
export interface SnapshotNotes {
  readonly root: string;
  readonly subject: string;
  readonly moment: CheckpointMoment;
  readonly at: number;
  readonly files: number;
  readonly emptyFolders: readonly string[];
  readonly notCovered: readonly NotCovered[];
  /** The permissions of nearly all files, and of those that are others. */
  readonly usual: UsualPermissions;
  readonly permissions: readonly (readonly [path: string, permissions: number])[];
}

interface UsualPermissions {
  readonly plain: number;
  readonly executable: number;
}

const notesSchema: z.ZodType<SnapshotNotes> = z.object({
  root: z.string(),
  subject: z.string(),
  moment: z.enum(['before', 'after', 'undo', 'redo', 'manual']),
  at: z.number(),
  files: z.number(),
  emptyFolders: z.array(z.string()),
  notCovered: z.array(
    z.object({
      path: z.string(),
      reason: z.enum(['tooLarge', 'ignoredTooLarge', 'nestedRepository', 'special', 'unreadable', 'reservedName']),
      bytes: z.number().exactOptional(),
    }),
  ),
  usual: z.object({ plain: z.number(), executable: z.number() }),
  permissions: z.array(z.tuple([z.string(), z.number()])),
});

export function parseNotes(text: string): SnapshotNotes | undefined {
  try {
    return notesSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const isExecutable = (permissions: number): boolean => (permissions & 0o100) !== 0;

/** @param files at least one of them is a file, else the answer is of no use */
export function usualPermissions(files: Iterable<FileState>): UsualPermissions {
  const counts = new Map<number, number>();
  for (const { kind, permissions } of files) {
    if (kind === 'file') {
      counts.set(permissions, (counts.get(permissions) ?? 0) + 1);
    }
  }
  const most = (matches: boolean, otherwise: number): number => {
    const [found] = [...counts]
      .filter(([permissions]) => isExecutable(permissions) === matches)
      .sort(([, one], [, other]) => other - one);
    return found?.[0] ?? otherwise;
  };
  return { plain: most(false, 0o644), executable: most(true, 0o755) };
}

export function unusualPermissions(
  files: Iterable<readonly [path: string, state: FileState]>,
  usual: UsualPermissions,
): SnapshotNotes['permissions'] {
  const unusual: [string, number][] = [];
  for (const [path, { kind, permissions }] of files) {
    if (kind === 'file' && permissions !== usual.plain && permissions !== usual.executable) {
      unusual.push([path, permissions]);
    }
  }
  return unusual;
}

/** Looks up the permissions of a path; `mode` is as git writes it: 100644, 100755 or 120000. */
export function permissionsIn({ permissions, usual }: SnapshotNotes): (path: string, mode: string) => number {
  const unusual = new Map(permissions);
  return (path, mode) =>
    mode === '120000' ? 0o777 : (unusual.get(path) ?? (mode === '100755' ? usual.executable : usual.plain));
}

export function gitMode({ kind, permissions }: FileState): '100644' | '100755' | '120000' {
  return kind === 'link' ? '120000' : isExecutable(permissions) ? '100755' : '100644';
}
