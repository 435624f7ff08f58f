/** The rules of the benchmark in Drools. */
package dev.hologrid.peers.drools;
