-- Signed statements of how far the journal goes; a copy of checkpoints/checkpoints.jsonl.
create table checkpoint (
  number bigint primary key,
  at text not null,
  seq bigint not null,
  hash text not null,
  digest text not null,
  line text not null
);
