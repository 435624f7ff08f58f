/** People who sign in with an OpenID Connect provider of the district's own. */
@NullMarked
package dev.hologrid.gateway.openid;

import org.jspecify.annotations.NullMarked;
