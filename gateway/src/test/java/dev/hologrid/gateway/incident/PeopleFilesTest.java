package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site's {@code people.csv} and {@code mediation.csv}. */
class PeopleFilesTest {
  private static final String PEOPLE = "id,name,roles,scope,phone\n";
  private static final String MEDIATION = "id,name,kinds,place,phone\n";
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open("jdbc:sqlite:" + folder.resolve("i.db"), "", "");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_quoted_cell_may_hold_commas_and_the_file_a_byte_order_mark() {
    Roster roster = new Roster(database);
    String rows = "li,\"Li, Ming\",officer; dispatcher,440605,\"1,2\"\r\n\r\nwu,Wu,handler,,\r\n";
    assertThat(roster.importCsv("\uFEFF" + PEOPLE + rows)).isEqualTo(2);
    Person read = new Roster(database).load().find("li");
    assertThat(read)
        .isEqualTo(
            new Person(
                "li",
                "Li, Ming",
                Set.of(Role.OFFICER, Role.DISPATCHER),
                "440605",
                true,
                "1,2",
                ""));

    Mediation mediation = new Mediation(database);
    mediation.importCsv(MEDIATION + "m1,\"Studio \"\"A\"\", east\",*,440605,\n");
    assertThat(new Mediation(database).load().all())
        .containsExactly(
            new Mediation.Organisation("m1", "Studio \"A\", east", Set.of("*"), "440605", ""));
  }

  @Test
  void a_wrong_row_is_named_and_nothing_of_the_file_is_stored() {
    Roster roster = new Roster(database);
    assertThatThrownBy(() -> roster.importCsv(PEOPLE + "a,A,officer,,\nb,B,wizard,,\n"))
        .hasMessageContaining("people.csv line 3")
        .hasMessageContaining("wizard");
    assertThatThrownBy(() -> roster.importCsv(PEOPLE + "a,A,officer\n"))
        .hasMessage("people.csv line 2: expected id,name,roles,scope,phone, but it has 3 cells");
    assertThatThrownBy(() -> roster.importCsv(PEOPLE + ",A,officer,,\n"))
        .hasMessageContaining("people.csv line 2: a person has an id");
    assertThat(roster.all()).isEmpty();
    assertThat(new Roster(database).load().all()).isEmpty();

    Mediation mediation = new Mediation(database);
    assertThatThrownBy(() -> mediation.importCsv(MEDIATION + "m1,M,*,,\nm2,M\n"))
        .hasMessageContaining("mediation.csv line 3");
    assertThat(mediation.all()).isEmpty();
  }
}
