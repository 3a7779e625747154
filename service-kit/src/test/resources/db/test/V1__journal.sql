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
create table thing (id text primary key, note text);
-- Signed statements of how far the journal goes; a copy of checkpoints/checkpoints.jsonl.
create table checkpoint (
  number bigint primary key,
  at text not null,
  seq bigint not null,
  hash text not null,
  digest text not null,
  line text not null
);
