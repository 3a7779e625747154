-- What the last execution of each conversation found on which target, which "the ones above 80%" refers to.
create table thread_result (
  conversation text not null primary key,
  body text not null
);
