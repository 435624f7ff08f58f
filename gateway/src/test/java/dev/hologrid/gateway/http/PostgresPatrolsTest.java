package dev.hologrid.gateway.http;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Patrols over HTTP, on PostgreSQL: the same promises. */
class PostgresPatrolsTest extends PatrolsTest {
  @RegisterExtension static final PostgresFront POSTGRES = new PostgresFront();
}
