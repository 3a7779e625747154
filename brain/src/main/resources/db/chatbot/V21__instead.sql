-- What else a plan's request may have meant, as its card offers it: a JSON list of tools and choices.
alter table approval add column instead text not null default '[]';
