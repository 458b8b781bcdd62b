/**
 * Operations on buckets and on their sub-resources, one file each: policy, public access block,
 * CORS, tags. S3 Control changes tags too.
 */
@NullMarked
package dev.lakebed.s3.bucket;

import org.jspecify.annotations.NullMarked;
