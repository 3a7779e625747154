-- The piece of work of the message's trace within which a plan was shown; only for messages that are traced.
create table approval_trace (
  approval text not null primary key,
  trace_parent text not null
);
