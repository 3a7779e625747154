-- Which machines are being changed, by whom; a row of a process that counts no more counts no more either.
create table target_lock (
  tenant text not null,
  address text not null,
  epoch bigint not null,
  holder text not null,
  primary key (tenant, address)
);

-- Long outputs where several processes share the store, as JSON strings; where one has it for itself they are files.
create table output (
  digest text primary key,
  kept_at_ms bigint not null,
  content text not null
);
create index output_kept on output (kept_at_ms);
