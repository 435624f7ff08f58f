/** The rules of the benchmark in Flink CEP. */
package dev.hologrid.peers.flink;
