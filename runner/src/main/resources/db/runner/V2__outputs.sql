-- Long outputs are files, known by the digests that the journal has as well; retention takes all of them away.
update target_run set result = '{"result":' || result || ',"stdout_file":"","stderr_file":""}' where result <> '';
alter table execution add column outputs text not null default 'kept';
create index execution_outputs on execution (outputs, ended_at);
create index execution_accepted on execution (accepted_at);
create index target_run_target on target_run (target);
