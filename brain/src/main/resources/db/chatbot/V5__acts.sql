-- The plan that an act of somebody's led to, such as a pressed button, so that the same act, delivered again, leads to no
-- second one. id is the platform's, the same for every delivery.
create table act (
  id text primary key,
  approval text not null,
  at text not null
);

-- Who of the local chat approved something, for telling names apart.
create index attestation_approver on attestation (approver);
