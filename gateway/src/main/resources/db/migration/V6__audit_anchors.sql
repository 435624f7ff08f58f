-- Which anchors of the audit chains were told to which channel, so that each is told once;
-- what both SQLite and PostgreSQL understand alike.

create table audit_anchors (
  -- incidents or security
  chain text not null,
  -- UTC
  day text not null,
  channel text not null,
  seq bigint not null,
  hash text not null,
  at bigint not null,
  primary key (chain, day, channel)
);
