/**
 * Operations on buckets and on their sub-resources, one file each: policy, public access block,
 * CORS, and what a bucket here never has.
 */
@NullMarked
package dev.lakebed.s3.bucket;

import org.jspecify.annotations.NullMarked;
