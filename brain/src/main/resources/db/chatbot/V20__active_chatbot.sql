-- Where others that stand by reach the chatbot that has this store; at most one row.
create table active_chatbot (
  address text not null primary key
);
