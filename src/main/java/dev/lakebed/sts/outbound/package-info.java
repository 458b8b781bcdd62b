/** The one way by which this server asks other servers: bounded, and only where it may. */
@NullMarked
package dev.lakebed.sts.outbound;

import org.jspecify.annotations.NullMarked;
