-- Indicators counted as events are stored, and lists that stay quick over millions of incidents;
-- what both SQLite and PostgreSQL understand alike, but for ${position}(text, part).

-- the zone whose days and months the figures below are of; counted anew when it is another
create table kpi_zone (
  zone text not null
);

-- what figures are split by; '' where a case has none
create table kpi_groups (
  id integer not null primary key,
  district text not null,
  town text not null,
  community text not null,
  grid text not null,
  category text not null,
  department text not null,
  unique (district, town, community, grid, category, department)
);

-- what happened in a day (grain 0) or month (grain 1); period: days since 1970 of its first day
create table kpi_figures (
  grain integer not null,
  period integer not null,
  grp integer not null,
  reported integer not null,
  accepted integer not null,
  filed integer not null,
  self_handled integer not null,
  dispatched integer not null,
  returned integer not null,
  handled integer not null,
  handled_in_time integer not null,
  reworked integer not null,
  deferred integer not null,
  handle_millis bigint not null,
  closed integer not null,
  closed_in_grid integer not null,
  false_alarms integer not null,
  sensor_closed integer not null,
  primary key (grain, period, grp)
);

-- what was due in a period, and when it was done: = period within it, later the day, 2147483647 never
create table kpi_due (
  grain integer not null,
  period integer not null,
  done integer not null,
  grp integer not null,
  to_handle integer not null,
  to_close integer not null,
  to_close_in_time integer not null,
  primary key (grain, period, done, grp)
);

-- the rules that an incident has alerts of
create table incident_rules (
  rule text not null,
  incident text not null,
  primary key (rule, incident)
);
insert into incident_rules (rule, incident)
  select distinct substr(alert, 1, ${position}(alert, '/') - 1), incident
  from incident_alerts where ${position}(alert, '/') > 0;

drop index kpi_opened;
drop index kpi_decided;
drop index kpi_dispatched;
drop index kpi_handled;
drop index kpi_handle_by;
drop index kpi_closed;
drop index kpi_close_by;
drop index incidents_open;
drop index incidents_state;
drop index incidents_category;
drop index incidents_priority;
drop index incidents_town;
drop index incidents_parent;
drop index incidents_reporter;
drop index incidents_reported;
drop index incidents_department;

-- few are open, whatever their number: every question about open ones is answered from these
create index incidents_open on incidents
  (id, state, priority, category, district, town, community, grid, building, department, origin)
  where is_open = 1;
create index incidents_open_assignee on incidents (assignee, id) where is_open = 1;
-- rare ones among the ended
create index incidents_state on incidents (state, id) where state <> 'CLOSED';
create index incidents_level on incidents (level, id) where level > 0;
create index incidents_supervised on incidents (id, category) where supervised = 1;
create index incidents_deep on incidents (place, id) where place <> building;
create index incidents_parent on incidents (parent) where parent is not null;
create index incidents_reporter on incidents (reporter, id) where reporter is not null;
create index incidents_reported on incidents (reporter, origin, opened_at)
  where reporter is not null;
create index incidents_department on incidents (department, id) where department is not null;
-- common ones carry what else is filtered by, so that a rare mix is told without looking at rows
create index incidents_category on incidents (category, id, priority, origin, town);
create index incidents_priority on incidents (priority, id, category, origin, town);
create index incidents_origin on incidents (origin, id, category, priority, town);
create index incidents_town on incidents (town, id, category, priority, origin);
-- the begun day at the edge of a period is counted from the cases themselves
create index incidents_opened_at on incidents (opened_at);
create index incidents_decided_at on incidents (decided_at);
create index incidents_dispatched_at on incidents (dispatched_at);
create index incidents_handled_at on incidents (handled_at);
create index incidents_handle_by on incidents (handle_by);
create index incidents_closed_at on incidents (closed_at);
create index incidents_close_by on incidents (close_by);
