-- Whose each conversation is. Of those from before, the ones in which something was planned are known by it; the others are
-- settled at the next start, by who wrote first.
create table conversation_tenant (
  conversation text not null primary key,
  tenant text not null
);
insert into conversation_tenant (conversation, tenant)
  select c.id, coalesce((select a.tenant from approval a where a.conversation = c.id order by a.created_at limit 1), '')
  from conversation c;
create index conversation_tenant_of on conversation_tenant (tenant);
