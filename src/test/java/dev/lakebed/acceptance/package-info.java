/**
 * The promises of the project, asked of a running server by the clients that users have. The
 * letters and numbers in test names are those of the checklist for Iceberg catalogs.
 */
@NullMarked
package dev.lakebed.acceptance;

import org.jspecify.annotations.NullMarked;
