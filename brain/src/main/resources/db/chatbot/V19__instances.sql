-- Each chatbot that has had this store, by the name in its home. One of them has it at a time.
create table chatbot_instance (
  name text not null primary key,
  began_at text not null
);

-- Copies of the journals and checkpoints of several chatbots, each with a chain of its own.
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
