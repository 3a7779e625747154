-- Each process that has worked with this store, by the number that it got at its start or when it had to begin again. It counts
-- while it is live and its lease has not ended, by the clock of the database. A number is never used again.
create table runner_instance (
  epoch bigint primary key,
  name text not null,
  state text not null,
  began_at text not null,
  lease_until_ms bigint not null
);
create index runner_instance_state on runner_instance (state);

-- Who runs an execution: nobody but the process with this number may say how it goes on. And why it shall stop, once somebody asked.
alter table execution add column owner bigint not null default 0;
alter table execution add column stop_asked text not null default '';
create index execution_owner on execution (status, owner);

-- Copies of the journals and checkpoints of several processes, each with a chain of its own.
create table journal_of (
  seq bigint not null,
  at text not null,
  type text not null,
  conversation text not null,
  execution text not null,
  digest text not null,
  hash text not null,
  line text not null,
  instance text not null default 'first',
  primary key (instance, seq)
);
insert into journal_of (seq, at, type, conversation, execution, digest, hash, line)
  select seq, at, type, conversation, execution, digest, hash, line from journal;
drop table journal;
alter table journal_of rename to journal;
create index journal_execution on journal (execution);

create table checkpoint_of (
  number bigint not null,
  at text not null,
  seq bigint not null,
  hash text not null,
  digest text not null,
  line text not null,
  instance text not null default 'first',
  primary key (instance, number)
);
insert into checkpoint_of (number, at, seq, hash, digest, line)
  select number, at, seq, hash, digest, line from checkpoint;
drop table checkpoint;
alter table checkpoint_of rename to checkpoint;
