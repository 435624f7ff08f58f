-- One schema for SQLite and PostgreSQL: only what both understand alike.
-- Times are epoch milliseconds UTC. 0 and 1 are booleans.

create table incidents (
  id text not null primary key,
  version integer not null,
  number text not null unique,
  title text not null,
  description text not null,
  category text not null,
  family text not null,
  priority integer not null,
  state text not null,
  is_open integer not null,
  level integer not null,
  max_level integer not null,
  origin text not null,
  place text not null,
  district text not null,
  town text not null,
  community text not null,
  grid text not null,
  building text not null,
  opened_at bigint not null,
  updated_at bigint not null,
  decided_at bigint,
  filed_at bigint,
  verified_at bigint,
  dispatched_at bigint,
  handled_at bigint,
  closed_at bigint,
  handle_by bigint,
  close_by bigint,
  reporter text,
  assignee text,
  department text,
  due_stage text,
  due_at bigint,
  overdue integer not null,
  alerts integer not null,
  supervised integer not null,
  reworks integer not null,
  returns integer not null,
  deferrals integer not null,
  resolution text,
  parent text,
  -- what later alerts join by; only open incidents have one, so it is unique
  open_key text unique,
  body text not null
);

create table incident_events (
  seq bigint not null primary key,
  incident text not null,
  version integer not null,
  at bigint not null,
  by_whom text not null,
  name text not null,
  detail text not null,
  hash text not null,
  unique (incident, version)
);

create table incident_alerts (
  alert text not null primary key,
  incident text not null,
  at bigint not null,
  cleared_at bigint
);
create index incident_alerts_incident on incident_alerts (incident);

create table command_keys (
  idempotency_key text not null primary key,
  fingerprint text not null,
  incident text not null,
  version integer not null,
  at bigint not null
);

create table follower_offsets (
  follower text not null primary key,
  next_offset bigint not null
);

create table timers (
  incident text not null,
  kind text not null,
  stage text not null,
  at bigint not null,
  primary key (incident, kind, stage)
);
create index timers_at on timers (at);

create table people (
  id text not null primary key,
  name text not null,
  roles text not null,
  scope text not null,
  on_duty integer not null,
  phone text not null
);

create table outbox (
  id bigint not null primary key,
  key text not null unique,
  incident text not null,
  channel text not null,
  event text not null,
  body text not null,
  created_at bigint not null,
  next_at bigint not null,
  attempts integer not null,
  state text not null,
  last_error text not null
);
create index outbox_waiting on outbox (state, channel, id);
create index outbox_incident on outbox (incident);

-- lists: newest first by id, within what an operator filters by
create index incidents_open on incidents (is_open, id);
create index incidents_state on incidents (state, id);
create index incidents_category on incidents (category, id);
create index incidents_priority on incidents (priority, id);
create index incidents_assignee on incidents (assignee, id);
create index incidents_town on incidents (town, id);
create index incidents_community on incidents (community, id);
create index incidents_grid on incidents (grid, id);
create index incidents_building on incidents (building, id);
create index incidents_parent on incidents (parent);
-- indicators: every figure of a period is read from one covering index
create index kpi_opened on incidents
  (opened_at, town, grid, category, department, origin);
create index kpi_decided on incidents
  (decided_at, town, grid, category, department, filed_at, verified_at);
create index kpi_dispatched on incidents
  (dispatched_at, town, grid, category, department, returns);
create index kpi_handled on incidents
  (handled_at, town, grid, category, department, handle_by, dispatched_at, reworks, deferrals);
create index kpi_handle_by on incidents
  (handle_by, town, grid, category, department, handled_at);
create index kpi_closed on incidents
  (closed_at, town, grid, category, department, state, max_level, resolution, origin, opened_at);
create index kpi_close_by on incidents
  (close_by, town, grid, category, department, closed_at, filed_at);
