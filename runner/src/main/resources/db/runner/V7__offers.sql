-- With which approvals an execution was accepted, as JSON: whoever goes on with it in another process, or runs one of its targets
-- there, checks them again. Empty where the store was not shared.
alter table execution add column attestations text not null default '';

-- Targets that whoever leads their execution lets others run. A row without a number is open; whoever writes its number into it
-- runs that target, and nobody else may say how it goes on while the row is there. One without a row is its leader's.
create table offer (
  execution text not null,
  step bigint not null,
  position bigint not null,
  epoch bigint not null default 0,
  stop text not null default '',
  expired bigint not null default 0,
  primary key (execution, step, position)
);
create index offer_epoch on offer (epoch);
