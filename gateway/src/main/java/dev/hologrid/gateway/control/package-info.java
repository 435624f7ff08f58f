/** Commands to devices: who was told what, and what they said. */
@org.jspecify.annotations.NullMarked
package dev.hologrid.gateway.control;
