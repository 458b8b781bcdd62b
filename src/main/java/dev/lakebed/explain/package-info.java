/** {@code lakebed explain}: asks the policy engine without a server. */
@NullMarked
package dev.lakebed.explain;

import org.jspecify.annotations.NullMarked;
