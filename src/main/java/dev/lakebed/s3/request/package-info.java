/**
 * What an S3 request addresses, and the small values its headers and query hold, each parsed once.
 */
@NullMarked
package dev.lakebed.s3.request;

import org.jspecify.annotations.NullMarked;
