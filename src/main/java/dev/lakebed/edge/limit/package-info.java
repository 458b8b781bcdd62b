/** What one client may hold of the server at a time. */
@NullMarked
package dev.lakebed.edge.limit;

import org.jspecify.annotations.NullMarked;
