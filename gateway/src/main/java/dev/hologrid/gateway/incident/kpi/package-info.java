/** Indicators of the grid's work: filing, disposal, closing, each with its on-time share. */
@NullMarked
package dev.hologrid.gateway.incident.kpi;

import org.jspecify.annotations.NullMarked;
