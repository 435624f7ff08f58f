/** The rules of the benchmark in Esper. */
package dev.hologrid.peers.esper;
