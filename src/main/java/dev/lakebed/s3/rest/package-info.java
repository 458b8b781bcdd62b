/**
 * What S3 operations are made of: what a request addresses, selects and must be allowed, its
 * conditions and small values; XML bodies; the error catalogue.
 */
@NullMarked
package dev.lakebed.s3.rest;

import org.jspecify.annotations.NullMarked;
