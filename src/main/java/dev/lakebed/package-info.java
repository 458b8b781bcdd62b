/** Lakebed, an S3-compatible object store with IAM, STS and S3 Tables for Iceberg catalogs. */
@NullMarked
package dev.lakebed;

import org.jspecify.annotations.NullMarked;
