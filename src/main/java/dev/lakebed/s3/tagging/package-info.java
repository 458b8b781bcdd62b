/** Tags of buckets and objects, and whether policies see those of a bucket. */
@NullMarked
package dev.lakebed.s3.tagging;

import org.jspecify.annotations.NullMarked;
