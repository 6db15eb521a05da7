/** One step of the file's format. Steps are never changed after they were published; a new one is added. */
export interface Migration {
  /** The format after this step; steps are numbered from 1 without gaps. */
  readonly version: number;
  readonly sql: string;
}
