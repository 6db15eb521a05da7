import type { Migration } from './migration.ts';

/** Runs of commands that have steps. */
export const migration3: Migration = {
  version: 3,
  sql: `
create table chains (
  id text primary key,
  command text not null,
  title text not null,
  state text not null,
  created integer not null,
  ended integer,
  owner_host text,
  created_seq integer not null,
  updated_seq integer not null,
  definition text not null,
  snapshot text not null
) strict;
create index chains_by_age on chains (created, created_seq);
create index chains_unfinished on chains (created, created_seq) where ended is null;
`,
};
