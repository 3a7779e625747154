-- How chat platforms call people, as their adapters told; name_key is what two names that read alike share.
create table person (
  identity text primary key,
  name text not null,
  name_key text not null,
  learned_at text not null
);
create index person_name on person (name_key);

-- What concerns a person: their own requests by time, and what waits by its end.
create index approval_requester on approval (requester, created_at);
create index approval_waiting on approval (tenant, expires_at) where state = 'pending';
