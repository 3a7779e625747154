-- What each plan does, step by step and target by target, and what came of it; status is empty until there is a result.
create table planned_target (
  approval text not null references approval (id),
  step bigint not null,
  tool text not null,
  target text not null,
  status text not null,
  primary key (approval, step, target)
);
create index planned_target_target on planned_target (target, approval);
create index approval_time on approval (tenant, created_at);
create index execution_time on execution (created_at);

-- The list that somebody got last in a conversation, while it has more entries.
create table open_listing (
  conversation text not null,
  sender text not null,
  body text not null,
  primary key (conversation, sender)
);

-- How the request was understood, for the card.
alter table approval add column note text not null default '';

-- The language that was spoken last.
alter table conversation add column language text not null default 'en';

-- Results whose summary by a model is still to be told.
create table summary_due (
  execution text not null primary key,
  conversation text not null,
  at text not null
);
