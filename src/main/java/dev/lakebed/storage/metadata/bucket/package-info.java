/** Buckets and what they say about who may reach them. */
@NullMarked
package dev.lakebed.storage.metadata.bucket;

import org.jspecify.annotations.NullMarked;
