-- When patrols are to be walked, what came due, and what was missed;
-- what both SQLite and PostgreSQL understand alike.

create table patrol_schedules (
  id text not null primary key,
  plan text not null,
  -- as in patrols.csv: weekly MO WE | every 2 2026-11-25 | working-days
  recurrence text not null,
  from_time text not null,
  to_time text not null,
  officer text not null,
  first_day text not null,
  last_day text not null,
  active integer not null,
  -- the day whose window opens next, and when it does; null where no day is left
  next_day text,
  next_at bigint
);
create index patrol_schedules_next on patrol_schedules (next_at) where next_at is not null;

create table patrol_rounds (
  id text not null primary key,
  version integer not null,
  schedule text not null,
  plan text not null,
  day text not null,
  officer text not null,
  district text not null,
  town text not null,
  community text not null,
  grid text not null,
  building text not null,
  place text not null,
  state text not null,
  opens_at bigint not null,
  closes_at bigint not null,
  -- when time alone will do something; null when it will not
  next_at bigint,
  points integer not null,
  visited integer not null,
  body text not null
);
create index patrol_rounds_next on patrol_rounds (next_at) where next_at is not null;
create index patrol_rounds_opens on patrol_rounds (opens_at, id);
create index patrol_rounds_officer on patrol_rounds (officer, opens_at, id);
create index patrol_rounds_place on patrol_rounds (place, opens_at, id);
create index patrol_rounds_plan on patrol_rounds (plan, opens_at);
create index patrol_rounds_closes on patrol_rounds
  (closes_at, state, district, town, community, place, officer, day, points, visited);

create table patrol_round_events (
  round text not null,
  version integer not null,
  at bigint not null,
  by_whom text not null,
  name text not null,
  detail text not null,
  primary key (round, version)
);

alter table patrols add column round text not null default '';
