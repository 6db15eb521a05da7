import type { Migration } from './migration.ts';

/** The log, and the rows that follow from it. */
export const migration1: Migration = {
  version: 1,
  sql: `
create table meta (
  key text primary key,
  value text not null
) strict, without rowid;

create table events (
  seq integer primary key,
  id text not null unique,
  source text not null,
  type text not null,
  subject text not null,
  time text not null,
  data text not null,
  specversion text not null default '1.0',
  datacontenttype text not null default 'application/json',
  traceparent text
) strict;
create index events_by_subject on events (subject);

create table tasks (
  id text primary key,
  title text not null,
  state text not null,
  profile text not null,
  session_id text,
  cwd text not null,
  model text,
  cost_usd real not null,
  created integer not null,
  ended integer,
  owner_host text,
  archived integer not null,
  created_seq integer not null,
  updated_seq integer not null,
  snapshot text not null
) strict;
create index tasks_by_age on tasks (created, created_seq);
create index tasks_unfinished on tasks (created, created_seq) where ended is null;

create table prompts (
  task_id text primary key references tasks (id) deferrable initially deferred,
  text text not null
) strict;

create table transcript (
  task_id text not null references tasks (id) deferrable initially deferred,
  position integer not null,
  entry_id text not null,
  kind text not null,
  data text not null,
  open integer not null default 0,
  closed_seq integer,
  primary key (task_id, position),
  unique (task_id, entry_id)
) strict;
create index transcript_open on transcript (task_id) where open = 1;
create index transcript_closed on transcript (closed_seq) where closed_seq is not null;

create table approvals (
  id text primary key,
  task_id text,
  kind text not null,
  state text not null,
  created integer not null,
  deadline integer,
  answered_by text,
  answered_at integer,
  choice text,
  rule text,
  why text not null,
  data text not null,
  updated_seq integer not null
) strict;
create index approvals_pending on approvals (created) where state = 'pending';
create index approvals_by_task on approvals (task_id, created) where task_id is not null;
create index approvals_settled on approvals (answered_at, updated_seq) where answered_at is not null;

create table requests (
  id text primary key,
  task_id text not null,
  kind text not null,
  body text not null,
  requested_by text not null,
  created integer not null,
  state text not null default 'open',
  revision integer not null
) strict;
create index requests_open on requests (task_id) where state = 'open';
create index requests_by_revision on requests (revision);

create table hosts (
  id text primary key,
  surface text not null,
  pid integer not null,
  process_started text not null,
  machine text not null,
  started integer not null,
  seen integer not null,
  takes_queued integer not null
) strict;

create table spend (
  day text not null,
  task_id text not null,
  usd real not null,
  primary key (day, task_id)
) strict, without rowid;
`,
};
