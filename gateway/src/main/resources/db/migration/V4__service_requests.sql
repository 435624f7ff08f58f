-- what a service request (Open311) says beside its incident; who reported is not kept here
create table service_requests (
  incident text not null primary key,
  lat double precision,
  lon double precision,
  address text not null,
  media_url text
);
