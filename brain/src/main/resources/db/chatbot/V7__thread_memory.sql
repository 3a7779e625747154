-- The plan that was made last in each conversation, which "same on web-02" refers to.
create table thread_memory (
  conversation text not null primary key,
  body text not null
);
