package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A desk on a database, with what tests ask of it. */
final class DeskKit implements AutoCloseable {
  final TestClock clock = new TestClock();
  final Town town = new Town();
  final Database database;
  final Mediation mediation;
  final Policy policy;
  final List<IncidentEntry> heard = new CopyOnWriteArrayList<>();
  final IncidentQueries queries;
  IncidentDesk desk;

  DeskKit(Database database) {
    this(database, Outlet.NONE);
  }

  DeskKit(Database database, Outlet outlet) {
    this.database = database;
    this.mediation = new Mediation(database);
    this.policy = new Policy(Catalog.standard(), town).with(mediation);
    this.queries = new IncidentQueries(database, town);
    this.desk = new IncidentDesk(database, policy, town, clock, outlet);
    desk.listen((after, entry) -> heard.add(entry));
  }

  /** The same database, another desk: what a restart does. */
  void restart() {
    desk.close();
    desk = new IncidentDesk(database, policy, town, clock, Outlet.NONE);
    desk.listen((after, entry) -> heard.add(entry));
  }

  Incident done(Incident incident, IncidentCommand command, Person person) {
    Result result = desk.command(incident.id(), command, person, null, null).join();
    assertThat(result).isInstanceOf(Result.Done.class);
    return ((Result.Done) result).incident();
  }

  Refusal refused(Incident incident, IncidentCommand command, Person person) {
    Result result = desk.command(incident.id(), command, person, null, null).join();
    assertThat(result).isInstanceOf(Result.Refused.class);
    return ((Result.Refused) result).kind();
  }

  Incident patrolReport(String place) {
    Opening opening =
        new Opening("SAFETY_HAZARD", place, "Blocked exit", "", Origin.PATROL, null, List.of());
    return ((Result.Done) desk.open(opening, Town.OFFICER, null).join()).incident();
  }

  List<Incident> all() {
    List<Incident> all = new ArrayList<>();
    String cursor = null;
    do {
      IncidentQueries.Page page =
          queries.list(
              new IncidentFilter(null, null, null, null, null, null, cursor, 500), Person.SYSTEM);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  @Override
  public void close() {
    desk.close();
    database.close();
  }
}
