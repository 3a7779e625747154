-- What the Teams adapter keeps. No column is null: absent text is empty.

-- What Teams sent, once per id, in order of arrival; team is the tenant, body its JSON.
create table teams_arrival (
  arrival integer primary key,
  id text not null unique,
  kind text not null check (kind in ('event', 'command', 'shortcut', 'action', 'submission')),
  team text not null,
  lane text not null,
  body text not null,
  at text not null,
  status text not null check (status in ('received', 'handled'))
);
create index teams_arrival_unhandled on teams_arrival (arrival) where status = 'received';

-- Which conversation of ours is which of Teams, and where answers go; place is the one of Teams without its thread.
-- Events up to delivered_seq are told there.
create table teams_thread (
  conversation text primary key,
  tenant text not null,
  teams_conversation text not null unique,
  place text not null,
  kind text not null check (kind in ('personal', 'group', 'channel')),
  service_url text not null,
  title text not null,
  delivered_seq bigint not null,
  status text not null check (status in ('open', 'unreachable'))
);
create index teams_thread_place on teams_thread (tenant, place);

-- What was posted, so that it can be changed and is not posted again; content is a digest of how it looks.
create table teams_post (
  owner text not null,
  name text not null,
  teams_conversation text not null,
  activity text not null,
  content text not null,
  primary key (owner, name)
);
create index teams_post_activity on teams_post (teams_conversation, activity);

-- Who Teams says somebody is, by the id that the bot knows that person by, for mentions and refreshes; talk is our conversation
-- with that person alone, empty when there is none.
create table teams_person (
  identity text primary key,
  tenant text not null,
  member text not null,
  name text not null,
  talk text not null
);
