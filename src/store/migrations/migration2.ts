import type { Migration } from './migration.ts';

/** What a person approved once, for exactly that content. */
export const migration2: Migration = {
  version: 2,
  sql: `
create table grants (
  fingerprint text primary key,
  kind text not null,
  headline text not null,
  scope_path text,
  approved_by text not null,
  at integer not null
) strict;
`,
};
