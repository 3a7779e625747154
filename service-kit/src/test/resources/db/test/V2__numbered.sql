create table numbered (
  number integer primary key,
  what text not null
);
create table follows (
  thing text not null references thing (id),
  position bigint not null,
  primary key (thing, position)
);
