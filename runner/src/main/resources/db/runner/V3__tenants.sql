-- Whose each preview and each execution is. The key of an execution of another tenant than the default one begins with the
-- tenant's name and a slash; public_id is what its tenant calls it.
alter table preview add column tenant text not null default 'default';
alter table execution add column tenant text not null default 'default';
alter table execution add column public_id text not null default '';
update execution set public_id = id;
create index execution_tenant on execution (tenant, accepted_at);
create unique index execution_public_id on execution (tenant, public_id);
