/** Operations on table buckets and their namespaces. */
@NullMarked
package dev.lakebed.tables.bucket;

import org.jspecify.annotations.NullMarked;
