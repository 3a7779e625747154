-- What a place is called was never stored: Teams says it when it changes, and nobody is shown it.
alter table teams_thread drop column title;
