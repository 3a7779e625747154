-- Notices that somebody ran a plan without the approval of others, until they are told.
create table glass_notice (
  approval text not null primary key,
  text text not null
);
