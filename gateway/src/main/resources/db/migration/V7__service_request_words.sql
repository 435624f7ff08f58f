-- The description of a service request (Open311) as it was sent: the incident's own has the answers,
-- the address and the position beside it.
alter table service_requests add column description text;
