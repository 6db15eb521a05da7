/** Of `.claude-panel`: what is no data, or has its own place in the archive. */
const LEFT_OUT = /^(?:panel\.db.*|checkpoints|snapshots|kept-.*|tmp|.*\.sock|.*\.lock)$/i;

/** Whether something right below `.claude-panel` goes into a backup as it is. The workspace file is copied in its own way. */
export function belongsInBackup(name: string): boolean {
  return !LEFT_OUT.test(name);
}

const ARCHIVE = /^(\d{8}T\d{6}Z)(?:-\d+)?\.tar\.gz$/;

/** Such as `20261121T100000Z.tar.gz`: names sort by time. */
export function archiveName(at: Date): string {
  return `${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.tar.gz`;
}

/** When an archive was made, by its name; nothing for other files. */
export function archiveTime(name: string): number | undefined {
  const stamp = ARCHIVE.exec(name)?.[1];
  if (stamp === undefined) {
    return undefined;
  }
  const [, year, month, day, hours, minutes, seconds] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp)?.map(Number) ?? [];
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hours, minutes, seconds);
}

/** The archives that are too many, oldest first. Other files are never among them. Pure. */
export function surplusArchives(names: readonly string[], keep: number): string[] {
  const archives = names.filter(name => archiveTime(name) !== undefined).sort();
  return archives.slice(0, Math.max(0, archives.length - keep));
}
