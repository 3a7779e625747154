-- No column is null: absent text is empty.

-- Sequence numbers up to reserved_seq may have been given to events that were never stored (raw output).
create table conversation (
  id text primary key,
  title text not null,
  created_at text not null,
  reserved_seq bigint not null
);

-- What arrived, once per platform event, in order of arrival.
create table message (
  arrival integer primary key,
  id text not null unique,
  platform_event text not null unique,
  conversation text not null,
  sender text not null,
  text text not null,
  at text not null,
  status text not null check (status in ('received', 'handled'))
);
create index message_unhandled on message (arrival) where status = 'received';
create index message_sender on message (sender, conversation);

-- What a conversation's readers see; body is the event as JSON, seq, type and time included.
create table event (
  conversation text not null,
  seq bigint not null,
  type text not null,
  at text not null,
  body text not null,
  primary key (conversation, seq)
);

-- The question that waits for somebody's answer.
create table draft (
  conversation text not null,
  sender text not null,
  body text not null,
  primary key (conversation, sender)
);

create table approval (
  id text primary key,
  conversation text not null,
  requester text not null,
  tenant text not null,
  summary text not null,
  plan text not null,
  plan_digest text not null,
  preview text not null,
  digest text not null,
  state text not null
    check (state in ('pending', 'approved', 'denied', 'expired', 'cancelled', 'superseded')),
  expires_at text not null,
  created_at text not null,
  decided_by text not null,
  decided_at text not null
);
create index approval_pending on approval (conversation, requester) where state = 'pending';

-- One decision a person; a second one of the same person cannot be stored.
create table attestation (
  approval text not null references approval (id),
  approver text not null,
  decision text not null,
  body text not null,
  at text not null,
  primary key (approval, approver)
);

-- At most one execution an approval. last_seq is the last event of the runner that is told in the conversation.
create table execution (
  id text primary key,
  approval text not null unique references approval (id),
  conversation text not null,
  status text not null check (status in
    ('queued', 'running', 'succeeded', 'failed', 'partial', 'cancelled', 'interrupted', 'refused')),
  last_seq bigint not null,
  cancelled_by text not null,
  created_at text not null,
  finished_at text not null
);
create index execution_open on execution (created_at) where status in ('queued', 'running');
create index execution_conversation on execution (conversation);

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
