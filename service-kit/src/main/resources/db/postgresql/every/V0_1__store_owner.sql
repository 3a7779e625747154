-- Which process writes: each raises the number when it takes the store. Whoever writes locks the row first, so that writers come
-- one after the other.
create table store_owner (
  number bigint not null
);
insert into store_owner (number) values (0);
