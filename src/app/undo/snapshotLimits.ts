import * as z from 'zod';

export interface SnapshotLimits {
  /** Days after which a snapshot goes. */
  readonly undoKeepDays: number;
  /** Of each folder: above that the oldest go. */
  readonly undoDiskMegabytes: number;
}

/* The same bounds as the settings have. */
const noteSchema = z.object({
  undoKeepDays: z.number().int().min(1).max(3650),
  undoDiskMegabytes: z.number().int().min(10).max(1_000_000),
});

/** The limits as they are noted down, for programs that do not know the user's settings. Pure. */
export function limitsNote({ undoKeepDays, undoDiskMegabytes }: SnapshotLimits): string {
  return JSON.stringify({ undoKeepDays, undoDiskMegabytes });
}

/** Nothing for a note that none of ours wrote. Pure. */
export function limitsIn(note: string): SnapshotLimits | undefined {
  try {
    return noteSchema.safeParse(JSON.parse(note)).data;
  } catch {
    return undefined;
  }
}
