-- Outputs that somebody asked for as a file, until they are in the thread; arrival is the press that asked.
create table slack_output (
  arrival text primary key,
  conversation text not null,
  execution text not null,
  step bigint not null,
  target text not null,
  asked_at text not null
);
create index slack_output_conversation on slack_output (conversation);
