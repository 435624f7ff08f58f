/**
 * Officers' patrols: plans with routes, check-ins (打卡) judged by the grid's border, what they find.
 */
@NullMarked
package dev.hologrid.gateway.patrol;

import org.jspecify.annotations.NullMarked;
