/** Placeholder. */
package dev.hologrid.simulator;
