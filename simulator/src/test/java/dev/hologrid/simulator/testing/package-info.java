/** What several tests need. */
package dev.hologrid.simulator.testing;
