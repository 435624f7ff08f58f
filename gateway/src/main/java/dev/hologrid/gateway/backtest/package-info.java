/** Rules over what a server has recorded, beside the alerts that there were. */
@NullMarked
package dev.hologrid.gateway.backtest;

import org.jspecify.annotations.NullMarked;
