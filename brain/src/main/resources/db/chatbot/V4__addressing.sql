-- Whether a message was said to us, or in a thread where we only take part.
alter table message add column addressing text not null default 'direct'
  check (addressing in ('direct', 'overheard'));
