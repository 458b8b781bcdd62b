/** Table buckets and the namespaces in them. */
@NullMarked
package dev.lakebed.tables.bucket;

import org.jspecify.annotations.NullMarked;
