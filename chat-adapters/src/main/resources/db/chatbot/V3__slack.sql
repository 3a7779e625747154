-- What the Slack adapter keeps. No column is null: absent text is empty.

-- The workspaces in which the app is installed; the token is sealed.
create table slack_installation (
  team text primary key,
  name text not null,
  app text not null,
  bot_user text not null,
  bot text not null,
  scopes text not null,
  token text not null,
  installed_by text not null,
  installed_at text not null,
  status text not null check (status in ('active', 'revoked', 'uninstalled'))
);

-- Installations that somebody began and did not end yet.
create table slack_oauth_state (
  state text primary key,
  expires_at text not null
);

-- What Slack sent, once per event id, in order of arrival; body is its JSON.
create table slack_arrival (
  arrival integer primary key,
  id text not null unique,
  kind text not null check (kind in ('event', 'command', 'shortcut', 'action', 'submission')),
  team text not null,
  lane text not null,
  body text not null,
  at text not null,
  status text not null check (status in ('received', 'handled'))
);
create index slack_arrival_unhandled on slack_arrival (arrival) where status = 'received';

-- Which conversation is which thread. thread_ts is empty when the conversation is a direct talk outside threads;
-- events up to delivered_seq are told in Slack.
create table slack_thread (
  conversation text primary key,
  team text not null,
  channel text not null,
  thread_ts text not null,
  kind text not null check (kind in ('channel', 'direct', 'assistant')),
  delivered_seq bigint not null,
  status text not null check (status in ('open', 'unreachable')),
  unique (team, channel, thread_ts)
);

-- What was posted, so that it can be changed and is not posted again. owner is a conversation's or an arrival's id;
-- 'sending' is recorded before the call, so that a crash in between is noticed.
create table slack_post (
  owner text not null,
  name text not null,
  team text not null,
  channel text not null,
  thread_ts text not null,
  ts text not null,
  content text not null,
  status text not null check (status in ('sending', 'posted')),
  primary key (owner, name)
);
create index slack_post_message on slack_post (team, channel, ts);
