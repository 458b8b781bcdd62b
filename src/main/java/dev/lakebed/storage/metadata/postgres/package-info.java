/**
 * The embedded PostgreSQL server: unpacks the binaries, creates the cluster, starts, supervises and
 * stops the postmaster. Knows nothing of Lakebed's schema.
 */
@NullMarked
package dev.lakebed.storage.metadata.postgres;

import org.jspecify.annotations.NullMarked;
