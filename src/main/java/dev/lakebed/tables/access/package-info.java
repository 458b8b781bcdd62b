/** What a request names, and what the caller must be allowed on it. */
@NullMarked
package dev.lakebed.tables.access;

import org.jspecify.annotations.NullMarked;
