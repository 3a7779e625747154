-- A copy of journal/journal.jsonl for queries; the file is the evidence.
create table journal (
  seq bigint primary key,
  at text not null,
  type text not null,
  conversation text not null,
  execution text not null,
  digest text not null,
  hash text not null,
  line text not null
);
create index journal_execution on journal (execution);

-- Every preview this runner has issued: nothing else can be executed.
create table preview (
  digest text primary key,
  nonce text not null unique,
  request text not null,
  preview text not null,
  expires_at_ms bigint not null
);
create index preview_expiry on preview (expires_at_ms);

-- An execution id is used once, and so is an approved digest.
create table execution (
  id text primary key,
  digest text not null unique,
  request_digest text not null,
  conversation text not null,
  requester text not null,
  preview text not null,
  accepted_at text not null,
  status text not null,
  ended_at text not null,
  summary text not null
);
create index execution_status on execution (status);

-- One row for each target of each step: pending, started, ended.
create table target_run (
  execution text not null references execution (id),
  step bigint not null,
  position bigint not null,
  tool text not null,
  target text not null,
  state text not null,
  result text not null,
  primary key (execution, step, position)
);

-- Events other than output; a target_finished event's result is in target_run.
create table event (
  execution text not null references execution (id),
  seq bigint not null,
  at text not null,
  type text not null,
  step bigint not null,
  position bigint not null,
  primary key (execution, seq)
);
