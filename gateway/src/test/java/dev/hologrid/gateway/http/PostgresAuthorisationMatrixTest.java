package dev.hologrid.gateway.http;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may do what, on PostgreSQL: the same promises. */
class PostgresAuthorisationMatrixTest extends AuthorisationMatrixTest {
  @RegisterExtension static final PostgresFront POSTGRES = new PostgresFront();
}
