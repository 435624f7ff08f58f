package dev.hologrid.gateway.http;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of the API, on PostgreSQL: the same promises. */
class PostgresContractTest extends ContractTest {
  @RegisterExtension static final PostgresFront POSTGRES = new PostgresFront();
}
