/** {@code lakebed explain}: asks the policy engine without a server. */
@NullMarked
package dev.lakebed.app.explain;

import org.jspecify.annotations.NullMarked;
