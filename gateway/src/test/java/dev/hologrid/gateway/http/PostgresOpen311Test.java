package dev.hologrid.gateway.http;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Open311, on PostgreSQL: the same promises. */
class PostgresOpen311Test extends Open311Test {
  @RegisterExtension static final PostgresFront POSTGRES = new PostgresFront();
}
