/**
 * The REST and XML form of S3: what a request addresses, its conditions and small values, each
 * parsed once; XML bodies; the error catalogue.
 */
@NullMarked
package dev.lakebed.s3.rest;

import org.jspecify.annotations.NullMarked;
