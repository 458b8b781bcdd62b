/** What one client may hold of the server at a time. */
@NullMarked
package dev.lakebed.front.limit;

import org.jspecify.annotations.NullMarked;
