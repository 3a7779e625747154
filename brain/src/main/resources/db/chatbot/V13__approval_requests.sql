-- Whom the policy knows by the identity that decided: one person counts once, whatever their identities. Empty for what was
-- stored before.
alter table attestation add column person text not null default '';

-- The request that took the place of a superseded one; empty for none.
alter table approval add column successor text not null default '';

-- Where else than in its own conversation a request's card is shown, and up to which event of its own conversation what
-- became of it is told there. A place is closed once the end is told.
create table approval_place (
  approval text not null references approval (id),
  conversation text not null,
  told_seq bigint not null,
  state text not null check (state in ('open', 'closed')),
  primary key (approval, conversation)
);
create index approval_place_open on approval_place (approval) where state = 'open';

-- Who is to be told that a request waits for them, and when; person is the policy's name, and empty for the conversation
-- itself. A row is made once, so that nobody is told twice.
create table notice (
  approval text not null references approval (id),
  person text not null,
  kind text not null check (kind in ('request', 'reminder')),
  due_ms bigint not null,
  tries bigint not null,
  state text not null check (state in ('due', 'told', 'dropped')),
  primary key (approval, person, kind)
);
create index notice_due on notice (due_ms) where state = 'due';
