/** Who devices, people and programs are: their credentials, what each may do, who is locked out. */
@NullMarked
package dev.hologrid.gateway.identity;

import org.jspecify.annotations.NullMarked;
