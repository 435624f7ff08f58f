-- Departments, shifts, mediation, attachments, patrols; what both SQLite and PostgreSQL understand alike.
-- Times are epoch milliseconds UTC. 0 and 1 are booleans.

alter table people add column department text not null default '';

create table shifts (
  person text not null,
  from_at bigint not null,
  to_at bigint not null,
  primary key (person, from_at)
);

create table mediation_organisations (
  id text not null primary key,
  name text not null,
  -- category codes with semicolons between, or * for every dispute
  kinds text not null,
  place text not null,
  phone text not null
);

create table attachments (
  hash text not null primary key,
  type text not null,
  size bigint not null,
  by_whom text not null,
  at bigint not null
);

create table attachment_links (
  hash text not null,
  -- an incident or a patrol
  subject text not null,
  primary key (hash, subject)
);

create table patrol_plans (
  id text not null primary key,
  name text not null,
  officer text,
  grid text not null,
  district text not null,
  town text not null,
  community text not null,
  building text not null,
  place text not null,
  active integer not null,
  points text not null
);

create table patrols (
  id text not null primary key,
  plan text,
  officer text not null,
  grid text not null,
  district text not null,
  town text not null,
  community text not null,
  building text not null,
  place text not null,
  -- the officer while it lasts, so that nobody is on two patrols
  open_officer text unique,
  started_at bigint not null,
  ended_at bigint,
  points integer not null
);
create index patrols_officer on patrols (officer, started_at);
create index patrols_started on patrols (started_at);

create table check_ins (
  id text not null primary key,
  patrol text not null,
  officer text not null,
  at bigint not null,
  point integer,
  lon double precision not null,
  lat double precision not null,
  accuracy double precision not null,
  metres double precision,
  verdict text not null,
  source text not null,
  photos text not null
);
create index check_ins_patrol on check_ins (patrol, at);
create index check_ins_officer on check_ins (officer, at);

-- what a person reported, for patrols and for residents' own lists
create index incidents_reporter on incidents (reporter, id);
create index incidents_reported on incidents (reporter, origin, opened_at);
create index incidents_department on incidents (department, id);

-- indicators: the community, too, is read from the index
drop index kpi_opened;
drop index kpi_decided;
drop index kpi_dispatched;
drop index kpi_handled;
drop index kpi_handle_by;
drop index kpi_closed;
drop index kpi_close_by;
create index kpi_opened on incidents
  (opened_at, town, community, grid, category, department, origin);
create index kpi_decided on incidents
  (decided_at, town, community, grid, category, department, filed_at, verified_at);
create index kpi_dispatched on incidents
  (dispatched_at, town, community, grid, category, department, returns);
create index kpi_handled on incidents
  (handled_at, town, community, grid, category, department, handle_by, dispatched_at, reworks, deferrals);
create index kpi_handle_by on incidents
  (handle_by, town, community, grid, category, department, handled_at);
create index kpi_closed on incidents
  (closed_at, town, community, grid, category, department, state, max_level, resolution, origin, opened_at);
create index kpi_close_by on incidents
  (close_by, town, community, grid, category, department, closed_at, filed_at);
-- who did what, for the officers' indicators
create index incident_events_by on incident_events (by_whom, name, at);
