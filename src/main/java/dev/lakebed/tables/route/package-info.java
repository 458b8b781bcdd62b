/** Which operation a request means, and its parameters. */
@NullMarked
package dev.lakebed.tables.route;

import org.jspecify.annotations.NullMarked;
